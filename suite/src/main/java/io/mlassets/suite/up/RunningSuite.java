package io.mlassets.suite.up;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mlassets.platform.RedisSettings;
import io.mlassets.signal.SignalSeal;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import redis.clients.jedis.Jedis;

/**
 * The servers of a suite that runs somewhere: named in the environment, or by {@code
 * var/endpoints.properties} of a suite started from here.
 */
public final class RunningSuite {
  private final SuiteEnvironment environment;
  private final Map<String, String> archive;

  private RunningSuite(SuiteEnvironment environment, Map<String, String> archive) {
    this.environment = environment;
    this.archive = archive;
  }

  /** Looks in {@code env}, then in {@code varDir}. */
  public static RunningSuite find(Map<String, String> env, Path varDir) {
    Path endpoints = varDir.resolve("endpoints.properties");
    if (env.containsKey("DATABASE_URL") || !Files.exists(endpoints)) {
      return new RunningSuite(new SuiteEnvironment(env), env);
    }
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(endpoints)) {
      values.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + endpoints, e);
    }
    return new RunningSuite(
        new SuiteEnvironment(
            Map.of(
                "DATABASE_URL", values.getProperty("database.url"),
                "DATABASE_USER", values.getProperty("database.user"),
                "DATABASE_PASSWORD", values.getProperty("database.password"),
                "REDIS_URL", values.getProperty("redis.url"),
                "REDIS_PREFIX", values.getProperty("redis.prefix", ""),
                "SIGNAL_KEY", values.getProperty("signal.key", ""))),
        archive(env, values));
  }

  private static Map<String, String> archive(Map<String, String> env, Properties values) {
    Map<String, String> archive = new HashMap<>(env);
    if (!env.containsKey("ARCHIVE_TARGET") && values.containsKey("archive.target")) {
      archive.put("ARCHIVE_TARGET", values.getProperty("archive.target"));
      archive.put("ARCHIVE_PATH", values.getProperty("archive.path"));
    }
    return archive;
  }

  /** The environment by which its archive is found. */
  public Map<String, String> archiveEnvironment() {
    return archive;
  }

  /** A pool of few connections to its database; the caller closes it. */
  public HikariDataSource pool() {
    SuiteEnvironment.Owner owner = environment.owner();
    environment.refuseMissing();
    HikariConfig config = new HikariConfig();
    config.setPoolName("command");
    config.setJdbcUrl(owner.url());
    config.setUsername(owner.user());
    config.setPassword(owner.password());
    config.setMaximumPoolSize(3);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(10_000);
    return new HikariDataSource(config);
  }

  /** A connection to its database. */
  public Connection connect() throws SQLException {
    SuiteEnvironment.Owner owner = environment.owner();
    environment.refuseMissing();
    return DriverManager.getConnection(owner.url(), owner.user(), owner.password());
  }

  /** A connection to its Redis. */
  public Jedis redis() {
    return redisSettings().connect(0);
  }

  /** Where its Redis is. */
  public RedisSettings redisSettings() {
    RedisSettings redis = environment.redis();
    environment.refuseMissing();
    return redis;
  }

  /** What it seals signals with. */
  public SignalSeal seal() {
    return SignalSeal.of(environment.signalKey());
  }
}
