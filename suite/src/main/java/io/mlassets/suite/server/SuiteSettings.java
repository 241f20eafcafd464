package io.mlassets.suite.server;

import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.database.Migrate;
import io.mlassets.policy.InvalidPolicyException;
import io.mlassets.policy.PolicyFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything a suite needs to know to run: where its servers are and what it may do there.
 *
 * @param databaseUrl {@code jdbc:postgresql://host:port/name}
 * @param databaseUser owner of the database
 * @param databasePassword the owner's
 * @param servicePassword of the services' own roles
 * @param redis the Redis server
 * @param operatorToken bearer token of operators
 * @param analystToken bearer token of analysts
 * @param bundleKey key bundles are signed with
 * @param signalKey key signals are sealed with; empty for none
 * @param configDir policies and instruments
 * @param varDir where everything that is written goes
 * @param clockMode {@code system} or {@code bars}
 */
public record SuiteSettings(
    String databaseUrl,
    String databaseUser,
    String databasePassword,
    String servicePassword,
    RedisSettings redis,
    String operatorToken,
    String analystToken,
    String bundleKey,
    String signalKey,
    Path configDir,
    Path varDir,
    String clockMode) {

  /** The same with files of its own. */
  public SuiteSettings in(Path folder) {
    return new SuiteSettings(
        databaseUrl,
        databaseUser,
        databasePassword,
        servicePassword,
        redis,
        operatorToken,
        analystToken,
        bundleKey,
        signalKey,
        configDir,
        folder,
        clockMode);
  }

  /** The same on another Redis, or under another prefix there. */
  public SuiteSettings with(RedisSettings other) {
    return new SuiteSettings(
        databaseUrl,
        databaseUser,
        databasePassword,
        servicePassword,
        other,
        operatorToken,
        analystToken,
        bundleKey,
        signalKey,
        configDir,
        varDir,
        clockMode);
  }

  /** The environment of a service, which has a database role of its own. */
  public Map<String, String> environment(ServiceName service) {
    Map<String, String> env = new TreeMap<>();
    env.put("DATABASE_URL", databaseUrl);
    env.put("DATABASE_USER", "mlassets_" + service.label());
    env.put("DATABASE_PASSWORD", servicePassword);
    env.put("REDIS_URL", redisUrl());
    env.put("REDIS_PREFIX", redis.prefix());
    env.put("OPERATOR_TOKEN", operatorToken);
    env.put("ANALYST_TOKEN", analystToken);
    env.put("BUNDLE_KEY", bundleKey);
    env.put("CONFIG_DIR", configDir.toString());
    env.put("VAR_DIR", varDir.toString());
    env.put("LOG_DIR", varDir.resolve("log").toString());
    env.put("CLOCK_MODE", clockMode);
    if (service == ServiceName.DISPATCHER && !signalKey.isEmpty()) {
      env.put("SIGNAL_KEY", signalKey);
    }
    return env;
  }

  /**
   * Refuses policies and instruments no service would start with, before anything is started.
   *
   * @throws InvalidPolicyException naming file, key and what was expected
   * @throws IllegalArgumentException naming the instrument
   */
  public void checkConfiguration() {
    PolicyFiles.read(configDir);
    InstrumentCatalogue.read(configDir.resolve("instruments.yaml"));
  }

  /** Brings the tables up to date as owner and lets the services' roles log in. */
  public void migrate() {
    Migrate.run(
        new DatabaseSettings(databaseUrl, databaseUser, databasePassword, 1), servicePassword);
  }

  /** Where signals are archived to when no store is named. */
  public Path archiveDir() {
    return varDir.resolve("archive").toAbsolutePath();
  }

  private String redisUrl() {
    return Objects.requireNonNull(redis.url());
  }

  /** What an outsider needs, by the names of {@code var/endpoints.properties}. */
  public Map<String, String> endpoints(Map<ServiceName, Integer> ports) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("database.url", databaseUrl);
    values.put("database.user", databaseUser);
    values.put("database.password", databasePassword);
    values.put("redis.host", redis.address().getHost());
    values.put("redis.port", Integer.toString(redis.address().getPort()));
    values.put("redis.url", redisUrl());
    values.put("redis.prefix", redis.prefix());
    values.put("signal.key", signalKey);
    ports.forEach(
        (service, port) -> values.put(service.label() + ".url", "http://127.0.0.1:" + port));
    values.put("operator.token", operatorToken);
    values.put("analyst.token", analystToken);
    return values;
  }
}
