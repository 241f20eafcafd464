package io.mlassets.suite.demo;

import io.mlassets.platform.RedisSettings;
import io.mlassets.suite.server.FreePort;
import io.mlassets.suite.server.InProcessServices;
import io.mlassets.suite.server.LocalPostgres;
import io.mlassets.suite.server.LocalRedis;
import io.mlassets.suite.server.PrivateFile;
import io.mlassets.suite.server.RestClient;
import io.mlassets.suite.server.RunLock;
import io.mlassets.suite.server.Secrets;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.ServiceStartException;
import io.mlassets.suite.server.SuiteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;
import redis.clients.jedis.Jedis;

/**
 * Servers and services of a demo, started in order and stopped in reverse, also after a failure.
 */
final class LocalSuite implements AutoCloseable {
  /** Databases of earlier demos that are kept to be looked at. */
  private static final int KEPT_DATABASES = 3;

  private static final int PORT_TRIES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path varDir;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Map<ServiceName, Integer> ports = new EnumMap<>(ServiceName.class);
  private final SuiteSettings settings;
  private final Path accountsDir;
  private final TradingState lastState;
  private final CompletableFuture<Void> migrated = new CompletableFuture<>();
  private final CountDownLatch leaving = new CountDownLatch(1);
  private volatile boolean stopping;
  private boolean closed;

  private LocalSuite(Path home, Path varDir) throws IOException, SQLException {
    this.varDir = varDir;
    try {
      running.push(RunLock.in(varDir));
      Files.createDirectories(varDir.resolve("log"));
      Secrets secrets = Secrets.in(varDir.resolve("secrets.properties"));
      CompletableFuture<LocalRedis> redisStart = CompletableFuture.supplyAsync(this::startRedis);
      LocalPostgres postgres;
      LocalRedis redis;
      try {
        postgres =
            LocalPostgres.start(
                varDir.resolve("postgres"),
                varDir.resolve("programs"),
                secrets.get("database.password"));
        running.push(postgres);
      } finally {
        redis = joined(redisStart);
        running.push(redis);
      }
      this.lastState = TradingState.ofNewest(postgres);
      String database = freshDatabase(postgres);
      this.accountsDir = accountsDir(database);
      try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
        jedis.flushAll();
      }
      this.settings =
          new SuiteSettings(
              postgres.jdbcUrl(database),
              LocalPostgres.OWNER,
              secrets.get("database.password"),
              secrets.get("service.database.password"),
              new RedisSettings(redis.url(), "127.0.0.1", redis.port(), ""),
              secrets.get("operator.token"),
              secrets.get("analyst.token"),
              secrets.get("bundle.key"),
              secrets.get("signal.key"),
              home.resolve("config"),
              varDir,
              "bars");
      settings.checkConfiguration();
    } catch (IOException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts PostgreSQL and Redis. */
  static LocalSuite start(Path home, Path varDir) throws IOException, SQLException {
    return new LocalSuite(home, varDir);
  }

  private LocalRedis startRedis() {
    try {
      return LocalRedis.start(
          varDir.resolve("redis"), varDir.resolve("programs"), varDir.resolve("log/redis.log"));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static LocalRedis joined(CompletableFuture<LocalRedis> start) throws IOException {
    try {
      return start.join();
    } catch (CompletionException e) {
      throw new IOException("Redis did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Every demo starts empty, so that the same options give the same models; old ones are kept a
   * while.
   */
  private String freshDatabase(LocalPostgres postgres) throws SQLException, IOException {
    List<String> old = postgres.databases();
    int number =
        old.isEmpty() ? 1 : 1 + Integer.parseInt(old.getLast().substring("mlassets_".length()));
    for (String name : old.subList(0, Math.max(0, old.size() - KEPT_DATABASES))) {
      postgres.dropDatabase(name);
      forgetAccounts(name);
    }
    String name = "mlassets_" + number;
    // Left over when only the database was deleted by hand.
    forgetAccounts(name);
    postgres.createDatabase(name);
    return name;
  }

  private Path accountsDir(String database) {
    return varDir.resolve("ea").resolve(database);
  }

  private void forgetAccounts(String database) throws IOException {
    FileSystemUtils.deleteRecursively(accountsDir(database));
  }

  /**
   * Where the paper accounts of this demo keep their journals. Signals are numbered anew in each
   * database, so an account belongs to one.
   */
  Path accountsDir() {
    return accountsDir;
  }

  /** Creates the tables and the services' logins; an operator's halt outlives a restart. */
  void migrate() {
    try {
      settings.migrate();
      try (Connection connection = connect()) {
        lastState.carryTo(connection);
      }
      migrated.complete(null);
    } catch (SQLException | RuntimeException e) {
      migrated.completeExceptionally(e);
      throw new DemoFailure("the database could not be prepared: " + e.getMessage(), e);
    }
  }

  /** Returns when the tables are there. */
  void awaitMigrated() {
    migrated.join();
  }

  /** Has {@code client} closed before the services and servers it talks to. */
  <C extends AutoCloseable> C withClient(C client) {
    running.push(client);
    return client;
  }

  /**
   * Stops everything when the process is told to end: first the calling thread is interrupted and
   * given time to leave, so that nobody works with what is being closed.
   */
  void closeAtShutdown() {
    Thread driver = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("suite-stop").unstarted(() -> stop(driver)));
  }

  private void stop(Thread driver) {
    if (leaving.getCount() == 0) {
      close(); // Returns when it is closed, whoever began.
      return;
    }
    stopping = true;
    System.out.println();
    System.out.println("Stopping.");
    driver.interrupt();
    try {
      if (!leaving.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("it did not let go within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    System.out.println("Stopped.");
  }

  /** Whether the process was told to end. */
  boolean isStopping() {
    return stopping;
  }

  /** Starts the five services and writes where everything is. */
  void startServices() throws InterruptedException {
    running.push(servicesOnFreePorts(PORT_TRIES));
    Properties endpoints = new Properties();
    endpoints.putAll(endpoints());
    endpoints.setProperty("archive.target", "LOCAL");
    endpoints.setProperty("archive.path", settings.archiveDir().toString());
    PrivateFile.write(endpointsFile(), endpoints, "Where the running suite is.");
  }

  /** Between looking at a port and listening on it another process may take it. */
  private InProcessServices servicesOnFreePorts(int tries) throws InterruptedException {
    for (ServiceName service : ServiceName.values()) {
      ports.put(service, FreePort.near(service.usualPort()));
    }
    try {
      return InProcessServices.start(settings, ports);
    } catch (ServiceStartException e) {
      if (tries > 1 && e.portWasTaken()) {
        return servicesOnFreePorts(tries - 1);
      }
      throw e;
    }
  }

  /** What an outsider needs to know. */
  Map<String, String> endpoints() {
    return settings.endpoints(ports);
  }

  Path endpointsFile() {
    return varDir.resolve("endpoints.properties");
  }

  SuiteSettings settings() {
    return settings;
  }

  /** A service as an operator reaches it. */
  RestClient rest(ServiceName service) {
    return new RestClient("http://127.0.0.1:" + ports.get(service), settings.operatorToken());
  }

  /** A connection as owner; the caller closes it. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        settings.databaseUrl(), settings.databaseUser(), settings.databasePassword());
  }

  /** A connection of its own; the caller closes it. */
  Jedis redis() {
    return settings.redis().connect(0);
  }

  @Override
  public void close() {
    leaving.countDown();
    closeAll();
  }

  private synchronized void closeAll() {
    if (closed) {
      return;
    }
    closed = true;
    while (!running.isEmpty()) {
      AutoCloseable last = running.pop();
      try {
        last.close();
      } catch (Exception e) {
        System.err.println("while stopping " + last.getClass().getSimpleName() + ": " + e);
      }
    }
  }
}
