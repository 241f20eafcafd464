package io.mlassets.platform.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.ServiceLauncher;
import io.mlassets.platform.database.Migrate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/**
 * One embedded PostgreSQL per test JVM, migrated once; a copy of that database and a Redis of its
 * own for each {@code TestServers}.
 */
public final class TestServers implements AutoCloseable {
  public static final String OPERATOR = "test-operator-token-0123456789";
  public static final String ANALYST = "test-analyst-token-0123456789";
  public static final String BUNDLE_KEY = "a key for tests only";
  public static final String SIGNAL_KEY = "another key for tests only";
  private static final String ROLE_PASSWORD = "test";
  private static final String OWNER = "postgres";
  private static final String TEMPLATE = "migrated";
  private static final Logger log = LoggerFactory.getLogger(TestServers.class);
  private static final int LOWEST_PORT = 12_000;
  private static final int EPHEMERAL_PORTS = 32_768;
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable PostgresServer shared;

  private final PostgresServer postgres;
  private final boolean ownPostgres;
  private final String database;
  private final int redisPort;
  private final Path redisFolder;
  private final Path var;
  private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();
  private RedisServer redis;

  private TestServers(PostgresServer postgres, boolean ownPostgres) {
    this.postgres = postgres;
    this.ownPostgres = ownPostgres;
    this.database = "t" + DATABASES.incrementAndGet();
    execute(postgres, "create database " + database + " template " + TEMPLATE);
    try {
      this.redisPort = freePort();
      this.redisFolder = Files.createTempDirectory("redis");
      this.var = Files.createTempDirectory("var");
      this.redis = newRedis();
      redis.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fresh database on the shared PostgreSQL, and a Redis. */
  public static synchronized TestServers start() {
    PostgresServer running = shared;
    if (running == null) {
      running = migrated();
      shared = running;
    }
    return new TestServers(running, false);
  }

  /** With a PostgreSQL of its own, for tests that stop it. */
  public static TestServers startAlone() {
    return new TestServers(migrated(), true);
  }

  private static PostgresServer migrated() {
    PostgresServer server = PostgresServer.start();
    execute(server, "create database " + TEMPLATE);
    Migrate.run(
        new DatabaseSettings(server.jdbcUrl(TEMPLATE), OWNER, ROLE_PASSWORD, 1), ROLE_PASSWORD);
    return server;
  }

  private RedisServer newRedis() throws IOException {
    return RedisServer.newRedisServer()
        .port(redisPort)
        .bind("127.0.0.1")
        .setting("appendonly yes")
        .setting("dir " + redisFolder)
        .build();
  }

  /**
   * A port nobody listens on, below those a system gives to connections: a server that stops and
   * starts again finds it free.
   */
  public static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, EPHEMERAL_PORTS);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException e) {
        log.debug("port {} is in use: {}", port, e.getMessage());
      }
    }
  }

  /** The owner's connection: may read and write everything. */
  public DatabaseSettings owner() {
    return as(OWNER);
  }

  /** The connection of one role, such as {@code mlassets_trainer}. */
  public DatabaseSettings as(String role) {
    return new DatabaseSettings(postgres.jdbcUrl(database), role, ROLE_PASSWORD, 4);
  }

  /** A small pool of one role's connections, closed with these servers. */
  public DataSource dataSource(String role) {
    DatabaseSettings settings = as(role);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(0);
    HikariDataSource pool = new HikariDataSource(config);
    pools.add(pool);
    return pool;
  }

  /** The owner's pool. */
  public DataSource dataSource() {
    return dataSource(OWNER);
  }

  /** Where Redis is. */
  public RedisSettings redis() {
    return new RedisSettings(null, "127.0.0.1", redisPort, "");
  }

  /** A connection to Redis. */
  public Jedis jedis() {
    return redis().connect(10_000);
  }

  /** Folder for run-time files. */
  public Path var() {
    return var;
  }

  /** Stops Redis; what it had is on disk. */
  public void stopRedis() {
    try {
      redis.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts Redis again on the same port with what it had. */
  public void startRedis() {
    try {
      redis = newRedis();
      redis.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stops PostgreSQL's processes; for servers {@linkplain #startAlone() alone} only.
   *
   * @param crash at once, as if killed: what was not committed is gone and the next start recovers;
   *     else sessions are ended in order
   */
  public void stopPostgres(boolean crash) {
    if (!ownPostgres) {
      throw new IllegalStateException("other tests share this PostgreSQL");
    }
    postgres.stop(crash);
    evictOwnConnections();
  }

  /** Starts PostgreSQL again on the same port and data. */
  public void startPostgres() {
    postgres.startAgain();
  }

  /** Ends every session of this database. */
  public void cutDatabaseSessions() {
    execute(
        postgres,
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + database
            + "'");
    evictOwnConnections();
  }

  /** The test's own connections are none of what is tested. */
  private void evictOwnConnections() {
    pools.forEach(pool -> pool.getHikariPoolMXBean().softEvictConnections());
  }

  /** Refuses (or allows again) new sessions of this database, and ends those there are. */
  public void databaseAway(boolean away) {
    execute(postgres, "alter database " + database + " allow_connections " + !away);
    if (away) {
      cutDatabaseSessions();
    }
  }

  private static void execute(PostgresServer server, String sql) {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl("postgres"), OWNER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /**
   * Starts a service's context against these servers on a free port, as its own role.
   *
   * @param name {@code trainer, inference, dispatcher, registry, validator}
   */
  public ConfigurableApplicationContext start(
      Class<?> application, String name, String... arguments) {
    return startAs("mlassets_" + name, application, name, arguments);
  }

  /** Starts a context as a role of choice. */
  public ConfigurableApplicationContext startAs(
      String role, Class<?> application, String name, String... arguments) {
    Map<String, Object> settings = new HashMap<>();
    DatabaseSettings database = as(role);
    settings.put("database.url", database.url());
    settings.put("database.user", database.user());
    settings.put("database.password", ROLE_PASSWORD);
    settings.put("redis.host", "127.0.0.1");
    settings.put("redis.port", redisPort);
    settings.put("operator.token", OPERATOR);
    settings.put("analyst.token", ANALYST);
    settings.put("bundle.key", BUNDLE_KEY);
    settings.put("signal.key", SIGNAL_KEY);
    settings.put("config.dir", configFolder().toString());
    settings.put("var.dir", var.toString());
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--server.port=0";
    return ServiceLauncher.start(application, name, settings, all);
  }

  /** The project's {@code config/}, seen from any module. */
  public static Path configFolder() {
    Path here = Path.of("config");
    return Files.isDirectory(here) ? here : Path.of("..", "config");
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
    stopRedis();
    if (ownPostgres) {
      postgres.close();
    }
  }
}
