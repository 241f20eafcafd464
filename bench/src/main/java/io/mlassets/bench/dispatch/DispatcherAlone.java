package io.mlassets.bench.dispatch;

import io.mlassets.bench.EndChildren;
import io.mlassets.bench.NoStops;
import io.mlassets.platform.RedisSettings;
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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import org.springframework.util.FileSystemUtils;

/**
 * A dispatcher as {@code ./ml-assets up} starts it, a process of its own, on a PostgreSQL and a
 * Redis of its own that begin empty.
 */
final class DispatcherAlone implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String DATABASE = "mlassets_bench";
  private static final String PASSWORD = "on loopback, for a benchmark";

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final SuiteSettings settings;

  private DispatcherAlone(Path folder) throws IOException, SQLException {
    Path postgresDir = folder.resolve("postgres");
    LocalPostgres postgres = LocalPostgres.start(postgresDir, programs(folder), PASSWORD);
    running.push(new EndChildren(postgres::close));
    running.push(postgres);
    postgres.dropDatabase(DATABASE);
    postgres.createDatabase(DATABASE);
    FileSystemUtils.deleteRecursively(folder.resolve("redis"));
    Files.createDirectories(folder.resolve("log"));
    LocalRedis redis =
        LocalRedis.start(
            folder.resolve("redis"), programs(folder), folder.resolve("log/redis.log"));
    running.push(redis);
    settings =
        new SuiteSettings(
            postgres.jdbcUrl(DATABASE),
            LocalPostgres.OWNER,
            PASSWORD,
            PASSWORD,
            new RedisSettings(redis.url(), "127.0.0.1", redis.port(), ""),
            "operator-of-the-benchmark",
            "analyst-of-the-benchmark",
            "bundles of the benchmark",
            "signals of the benchmark, sealed as in earnest",
            NoStops.configuration(folder.resolve("config")),
            folder,
            "bars");
  }

  private static Path programs(Path folder) {
    return folder.resolve("programs");
  }

  /**
   * Starts everything and returns when the dispatcher is ready.
   *
   * @param folder where it writes
   */
  static DispatcherAlone start(Path folder) throws IOException, SQLException, InterruptedException {
    DispatcherAlone started = new DispatcherAlone(folder);
    try {
      started.settings.migrate();
      started.startDispatcher();
      return started;
    } catch (IOException | RuntimeException | InterruptedException e) {
      started.close();
      throw e;
    }
  }

  private void startDispatcher() throws IOException, InterruptedException {
    ServiceProcess process = ServiceProcess.start(ServiceName.DISPATCHER, FreePort.any(), settings);
    running.push(process);
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.unreadiness(http).isPresent()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the dispatcher was not ready within " + PATIENCE);
      }
      Thread.sleep(100);
    }
  }

  RedisSettings redis() {
    return settings.redis();
  }

  /** A connection with inference's role, on which a commit is durable. */
  Connection inference() throws SQLException {
    return connect("mlassets_inference");
  }

  /** The owner's connection. */
  Connection owner() throws SQLException {
    return connect(settings.databaseUser());
  }

  private Connection connect(String user) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", PASSWORD);
    properties.setProperty("reWriteBatchedInserts", "true");
    Connection connection = DriverManager.getConnection(settings.databaseUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = on");
    }
    return connection;
  }

  @Override
  public void close() {
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
