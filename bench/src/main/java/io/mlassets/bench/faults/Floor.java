package io.mlassets.bench.faults;

import io.mlassets.ea.EaConfig;
import io.mlassets.platform.RedisSettings;
import io.mlassets.suite.Main;
import io.mlassets.suite.server.FreePort;
import io.mlassets.suite.server.LocalPostgres;
import io.mlassets.suite.server.LocalRedis;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import io.mlassets.suite.up.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import redis.clients.jedis.Jedis;

/**
 * PostgreSQL, Redis, two dispatchers, a paper Expert Advisor and what makes signals, each a process
 * of its own on loopback, each to be killed and started again where it was. Signals come from
 * inference, which a feed of bars feeds, or by the clock from a {@link WriterMain}.
 */
final class Floor implements AutoCloseable {
  static final String ACCOUNT = "paper-1";

  static final String OPERATOR = "operator-of-the-benchmark";
  static final int DISPATCHERS = 2;
  private static final String DATABASE = "mlassets_faults";
  private static final String PASSWORD = "on loopback, for a benchmark";
  private static final String KEY = "signals of the benchmark, sealed as in earnest";
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Path folder;
  private final List<SuiteSettings> settings = new ArrayList<>();
  private final SuiteSettings forSignals;
  private final int[] ports = new int[DISPATCHERS];
  private final List<ServiceProcess> dispatchers = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private LocalPostgres postgres;
  private LocalRedis redis;
  private int advisorsRedis;
  private @Nullable ChildJvm advisor;
  private @Nullable ServiceProcess inference;
  private @Nullable ChildJvm source;
  private final EaConfig.Clock clock;
  private double barsPerSecond;

  private Floor(Path folder, EaConfig.Clock clock) throws IOException, SQLException {
    this.folder = folder;
    this.clock = clock;
    FileSystemUtils.deleteRecursively(folder.resolve("redis"));
    FileSystemUtils.deleteRecursively(folder.resolve("ea"));
    Files.createDirectories(folder.resolve("log"));
    postgres = LocalPostgres.start(folder.resolve("postgres"), programs(), PASSWORD);
    try {
      postgres.dropDatabase(DATABASE);
      postgres.createDatabase(DATABASE);
      redis = startRedis(FreePort.any());
    } catch (IOException | SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
    Path config = FaultPolicies.configuration(folder.resolve("config"));
    for (int i = 0; i < DISPATCHERS; i++) {
      ports[i] = FreePort.any();
      settings.add(settings(config, folder.resolve("dispatcher-" + i)));
    }
    forSignals = settings(config, folder.resolve("signals"));
  }

  private SuiteSettings settings(Path config, Path varDir) {
    return new SuiteSettings(
        postgres.jdbcUrl(DATABASE),
        LocalPostgres.OWNER,
        PASSWORD,
        PASSWORD,
        new RedisSettings(redis.url(), "127.0.0.1", redis.port(), ""),
        OPERATOR,
        "analyst-of-the-benchmark",
        "bundles of the benchmark",
        KEY,
        config,
        varDir,
        clock == EaConfig.Clock.BARS ? "bars" : "system");
  }

  /** Starts servers and dispatchers; returns when the dispatchers are ready. */
  static Floor start(Path folder, EaConfig.Clock clock)
      throws IOException, SQLException, InterruptedException {
    Floor floor = new Floor(folder, clock);
    try {
      floor.settings.getFirst().migrate();
      for (int i = 0; i < DISPATCHERS; i++) {
        floor.dispatchers.add(floor.startDispatcher(i));
      }
      for (int i = 0; i < DISPATCHERS; i++) {
        floor.awaitReady(i);
      }
      return floor;
    } catch (IOException | RuntimeException | InterruptedException e) {
      floor.close();
      throw e;
    }
  }

  private Path programs() {
    return folder.resolve("programs");
  }

  private LocalRedis startRedis(int port) throws IOException {
    return LocalRedis.start(
        folder.resolve("redis"), programs(), folder.resolve("log/redis.log"), port);
  }

  private ServiceProcess startDispatcher(int i) throws IOException {
    return ServiceProcess.start(ServiceName.DISPATCHER, ports[i], settings.get(i));
  }

  /** Starts the Expert Advisor, with Redis at this port of loopback. */
  void startAdvisor(int redisPort) throws IOException {
    advisorsRedis = redisPort;
    startAdvisor();
  }

  private void startAdvisor() throws IOException {
    advisor =
        ChildJvm.start(
            Main.class.getName(),
            List.of("paper-ea", "--account", ACCOUNT, "--clock", clock.name()),
            Map.of(
                "REDIS_URL",
                "redis://127.0.0.1:" + advisorsRedis,
                "SIGNAL_KEY",
                KEY,
                "VAR_DIR",
                folder.toString(),
                "CONFIG_DIR",
                folder.resolve("config").toString()),
            advisorsOutput());
  }

  /** Trains a model, and lets inference decide by it on so many bars a second. */
  void decide(double perSecond) throws IOException, SQLException, InterruptedException {
    barsPerSecond = perSecond;
    try (Connection connection = connect()) {
      ModelForFaults.train(connection, forSignals, folder.resolve("log/trainer.out"));
    }
    ServiceProcess started = startInference();
    awaitReady(started);
    startFeed();
  }

  private ServiceProcess startInference() throws IOException {
    ServiceProcess started =
        ServiceProcess.start(ServiceName.INFERENCE, FreePort.any(), forSignals);
    inference = started;
    return started;
  }

  private void startFeed() throws IOException {
    source =
        ChildJvm.start(
            FeedMain.class.getName(),
            List.of(
                forSignals.databaseUrl(),
                LocalPostgres.OWNER,
                PASSWORD,
                redis.url(),
                Double.toString(barsPerSecond)),
            Map.of(),
            folder.resolve("log/feed.out"));
  }

  /** Lets a writer commit signals by the clock. */
  void write() throws IOException {
    source =
        ChildJvm.start(
            WriterMain.class.getName(),
            List.of(forSignals.databaseUrl(), "mlassets_inference", PASSWORD, redis.url()),
            Map.of(),
            folder.resolve("log/writer.out"));
  }

  /** No more bars, or signals, come. */
  void dryUp() throws InterruptedException {
    Objects.requireNonNull(source, "nothing flows").close();
  }

  /** Ends the Expert Advisor as Ctrl-C would, and starts it again; returns what it said. */
  String restartAdvisor() throws IOException, InterruptedException {
    Objects.requireNonNull(advisor, "nobody trades").close();
    String said = Files.readString(advisorsOutput());
    startAdvisor();
    return said;
  }

  private Path advisorsOutput() {
    return folder.resolve("log/advisor.out");
  }

  /** Where a dispatcher takes answers from that come in files. */
  Path results(int dispatcher) {
    return settings.get(dispatcher).varDir().resolve("results");
  }

  /** Waits until a dispatcher says that it is ready. */
  void awaitReady(int dispatcher) throws InterruptedException {
    awaitReady(dispatchers.get(dispatcher));
  }

  private void awaitReady(ServiceProcess process) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<String> why = process.unreadiness(http);
    while (why.isPresent()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not ready within %s: %s".formatted(PATIENCE, why.get()));
      }
      Thread.sleep(100);
      why = process.unreadiness(http);
    }
  }

  /** Kills one and starts it again. */
  void kill(Victim victim) throws IOException, SQLException, InterruptedException {
    switch (victim) {
      case FIRST_DISPATCHER -> killDispatcher(0);
      case SECOND_DISPATCHER -> killDispatcher(1);
      case INFERENCE -> {
        Objects.requireNonNull(inference, "nobody decides").kill();
        startInference();
      }
      case FEED -> {
        Objects.requireNonNull(source, "nothing flows").kill();
        startFeed();
      }
      case ADVISOR -> {
        Objects.requireNonNull(advisor, "nobody trades").kill();
        startAdvisor();
      }
      case REDIS -> {
        redis.kill();
        redis = startRedis(redis.port());
      }
      case POSTGRES -> {
        int port = postgres.port();
        postgres.kill();
        postgres = LocalPostgres.start(folder.resolve("postgres"), programs(), PASSWORD, port);
      }
    }
  }

  private void killDispatcher(int i) throws IOException, InterruptedException {
    dispatchers.get(i).kill();
    dispatchers.set(i, startDispatcher(i));
  }

  /** Redis loses everything, and with {@code killed} every connection too. */
  void wipeRedis(boolean killed) throws IOException, InterruptedException {
    if (killed) {
      redis.kill();
      FileSystemUtils.deleteRecursively(folder.resolve("redis"));
      redis = startRedis(redis.port());
    } else {
      try (Jedis jedis = redis()) {
        jedis.flushAll();
      }
    }
  }

  /** Stops a dispatcher in the middle of whatever it does, for so long. */
  void pause(int dispatcher, Duration time) throws IOException, InterruptedException {
    tell(dispatcher, "STOP");
    Thread.sleep(time);
    tell(dispatcher, "CONT");
  }

  private void tell(int dispatcher, String signal) throws IOException, InterruptedException {
    String pid = Long.toString(dispatchers.get(dispatcher).pid());
    int code = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("kill -%s %s ended with %d".formatted(signal, pid, code));
    }
  }

  /** Where a dispatcher's REST is. */
  DispatcherRest rest(int dispatcher) {
    return new DispatcherRest("http://127.0.0.1:" + ports[dispatcher]);
  }

  Jedis redis() {
    return settings.getFirst().redis().connect(10_000);
  }

  RedisSettings redisSettings() {
    return settings.getFirst().redis();
  }

  /** A connection as owner. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        settings.getFirst().databaseUrl(), LocalPostgres.OWNER, PASSWORD);
  }

  /** What a query of one number says. */
  long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The orders the paper broker dealt. */
  Path brokerFile() {
    return folder.resolve("ea").resolve(ACCOUNT + ".broker.jsonl");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (source != null) {
      source.close();
    }
    if (inference != null) {
      inference.close();
    }
    if (advisor != null) {
      advisor.close();
    }
    dispatchers.forEach(ServiceProcess::close);
    redis.close();
    postgres.close();
  }
}
