package io.mlassets.suite.up;

import io.mlassets.platform.RedisSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import redis.clients.jedis.Jedis;

/**
 * The servers of a suite that runs somewhere: named in the environment, or by {@code
 * var/endpoints.properties} of a suite started from here.
 */
public final class RunningSuite {
  private final SuiteEnvironment environment;

  private RunningSuite(SuiteEnvironment environment) {
    this.environment = environment;
  }

  /** Looks in {@code env}, then in {@code varDir}. */
  public static RunningSuite find(Map<String, String> env, Path varDir) {
    Path endpoints = varDir.resolve("endpoints.properties");
    if (env.containsKey("DATABASE_URL") || !Files.exists(endpoints)) {
      return new RunningSuite(new SuiteEnvironment(env));
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
                "REDIS_URL", values.getProperty("redis.url"))));
  }

  /** A connection to its database. */
  public Connection connect() throws SQLException {
    SuiteEnvironment.Owner owner = environment.owner();
    environment.refuseMissing();
    return DriverManager.getConnection(owner.url(), owner.user(), owner.password());
  }

  /** A connection to its Redis. */
  public Jedis redis() {
    RedisSettings redis = environment.redis();
    environment.refuseMissing();
    return redis.connect(0);
  }
}
