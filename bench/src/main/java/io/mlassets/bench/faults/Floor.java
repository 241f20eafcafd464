package io.mlassets.bench.faults;

import io.mlassets.ea.EaConfig;
import io.mlassets.suite.Main;
import io.mlassets.suite.server.FreePort;
import io.mlassets.suite.server.LocalPostgres;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import io.mlassets.suite.up.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Two dispatchers, a paper Expert Advisor and what makes signals on {@link Servers}, each a process
 * of its own on loopback, each to be killed and started again where it was. Signals come from
 * inference, which a feed of bars feeds, or by the clock from a {@link WriterMain}.
 */
final class Floor implements AutoCloseable {
  static final String ACCOUNT = "paper-1";

  static final int DISPATCHERS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Path folder;
  private final EaConfig.Clock clock;
  private final Servers servers;
  private final SuiteSettings forSignals;
  private final List<SuiteSettings> settings = new ArrayList<>();
  private final int[] ports = new int[DISPATCHERS];
  private final List<ServiceProcess> dispatchers = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private int advisorsRedis;
  private @Nullable ChildJvm advisor;
  private @Nullable ServiceProcess inference;
  private @Nullable ChildJvm source;
  private double barsPerSecond;

  private Floor(Path folder, EaConfig.Clock clock) throws IOException, SQLException {
    this.folder = folder;
    this.clock = clock;
    FileSystemUtils.deleteRecursively(folder.resolve("ea"));
    Files.createDirectories(folder.resolve("log"));
    Path config = FaultPolicies.configuration(folder.resolve("config"));
    servers = new Servers(folder);
    for (int i = 0; i < DISPATCHERS; i++) {
      ports[i] = FreePort.any();
      settings.add(servers.settings(config, folder.resolve("dispatcher-" + i), clock));
    }
    forSignals = servers.settings(config, folder.resolve("signals"), clock);
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

  /** What all of it stands on. */
  Servers servers() {
    return servers;
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
                Servers.SIGNAL_KEY,
                "VAR_DIR",
                folder.toString(),
                "CONFIG_DIR",
                folder.resolve("config").toString()),
            advisorsOutput());
  }

  /** Trains a model, and lets inference decide by it on so many bars a second. */
  void decide(double perSecond) throws IOException, SQLException, InterruptedException {
    barsPerSecond = perSecond;
    try (Connection connection = servers.connect()) {
      ModelForFaults.train(connection, forSignals, folder.resolve("log/trainer.out"));
    }
    ServiceProcess started = startInference();
    awaitReady(started);
    startFeed();
  }

  private ServiceProcess startInference() throws IOException {
    ServiceProcess started =
        ServiceProcess.start(
            ServiceName.INFERENCE,
            FreePort.any(),
            forSignals,
            ServiceProcess.HEAP,
            FaultPolicies.MODELS_AT_THEIR_WORD);
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
                Servers.PASSWORD,
                servers.redisSettings().url(),
                Double.toString(barsPerSecond)),
            Map.of(),
            folder.resolve("log/feed.out"));
  }

  /** Lets a writer commit signals by the clock. */
  void write() throws IOException {
    source =
        ChildJvm.start(
            WriterMain.class.getName(),
            List.of(
                forSignals.databaseUrl(),
                "mlassets_inference",
                Servers.PASSWORD,
                servers.redisSettings().url()),
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
      case REDIS -> servers.killRedis();
      case POSTGRES -> servers.killPostgres();
    }
  }

  private void killDispatcher(int i) throws IOException, InterruptedException {
    dispatchers.get(i).kill();
    dispatchers.set(i, startDispatcher(i));
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
    servers.close();
  }
}
