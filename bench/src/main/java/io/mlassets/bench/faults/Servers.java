package io.mlassets.bench.faults;

import io.mlassets.bench.EndChildren;
import io.mlassets.ea.EaConfig;
import io.mlassets.platform.RedisSettings;
import io.mlassets.suite.server.FreePort;
import io.mlassets.suite.server.LocalPostgres;
import io.mlassets.suite.server.LocalRedis;
import io.mlassets.suite.server.SuiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.util.FileSystemUtils;
import redis.clients.jedis.Jedis;

/** PostgreSQL and Redis, to be killed and started again where they were. */
public final class Servers implements AutoCloseable {
  static final String OPERATOR = "operator-of-the-benchmark";
  static final String PASSWORD = "on loopback, for a benchmark";
  static final String SIGNAL_KEY = "signals of the benchmark, sealed as in earnest";
  private static final String DATABASE = "mlassets_faults";

  private final Path folder;
  private final EndChildren endChildren;
  private volatile LocalPostgres postgres;
  private LocalRedis redis;

  /** Starts both, with an empty database and an empty Redis. */
  public Servers(Path folder) throws IOException, SQLException {
    this.folder = folder;
    FileSystemUtils.deleteRecursively(folder.resolve("redis"));
    postgres = LocalPostgres.start(folder.resolve("postgres"), programs(), PASSWORD);
    endChildren = new EndChildren(() -> postgres.close());
    try {
      postgres.dropDatabase(DATABASE);
      postgres.createDatabase(DATABASE);
      redis = startRedis(FreePort.any());
    } catch (IOException | SQLException | RuntimeException e) {
      postgres.close();
      endChildren.close();
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

  /** Settings of a service on both. */
  public SuiteSettings settings(Path config, Path varDir, EaConfig.Clock clock) {
    return new SuiteSettings(
        databaseUrl(),
        LocalPostgres.OWNER,
        PASSWORD,
        PASSWORD,
        redisSettings(),
        OPERATOR,
        "analyst-of-the-benchmark",
        "bundles of the benchmark",
        SIGNAL_KEY,
        config,
        varDir,
        clock == EaConfig.Clock.BARS ? "bars" : "system");
  }

  String databaseUrl() {
    return postgres.jdbcUrl(DATABASE);
  }

  /** Where Redis is. */
  public RedisSettings redisSettings() {
    return new RedisSettings(redis.url(), "127.0.0.1", redis.port(), "");
  }

  /** A connection to Redis. */
  public Jedis redis() {
    return redisSettings().connect(10_000);
  }

  /** A connection as owner. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(databaseUrl(), LocalPostgres.OWNER, PASSWORD);
  }

  /** What a query of one number says. */
  public long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Kills PostgreSQL and starts it again. */
  void killPostgres() throws IOException, SQLException, InterruptedException {
    int port = postgres.port();
    postgres.kill();
    postgres = LocalPostgres.start(folder.resolve("postgres"), programs(), PASSWORD, port);
  }

  /** Kills Redis and starts it again with what it had on disk. */
  void killRedis() throws IOException, InterruptedException {
    redis.kill();
    redis = startRedis(redis.port());
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

  @Override
  public void close() throws IOException {
    redis.close();
    postgres.close();
    endChildren.close();
  }
}
