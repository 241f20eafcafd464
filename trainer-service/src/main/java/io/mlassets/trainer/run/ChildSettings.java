package io.mlassets.trainer.run;

import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.ServiceSettings;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment a training process gets: the service's own settings, wherever they came from.
 *
 * @param values by name; holds secrets, never logged
 */
public record ChildSettings(Map<String, String> values) {

  /** Copies. */
  public ChildSettings {
    values = Map.copyOf(values);
  }

  /**
   * From the service's settings.
   *
   * @param sftp where bundles go, by name
   */
  public static ChildSettings of(
      DatabaseSettings database,
      RedisSettings redis,
      ServiceSettings service,
      String bundleKey,
      Map<String, String> sftp,
      String logDir) {
    Map<String, String> values = new TreeMap<>(sftp);
    values.put("DATABASE_URL", database.jdbcUrl());
    values.put("DATABASE_USER", database.user());
    values.put("DATABASE_PASSWORD", database.password());
    values.put("REDIS_HOST", redis.address().getHost());
    values.put("REDIS_PORT", String.valueOf(redis.address().getPort()));
    values.put("REDIS_PREFIX", redis.prefix());
    if (redis.url() != null) {
      values.put("REDIS_URL", redis.url());
    }
    values.put("BUNDLE_KEY", bundleKey);
    values.put("CONFIG_DIR", service.config().dir());
    values.put("VAR_DIR", service.var().dir());
    values.put("LOG_DIR", logDir);
    // The service copies them into its log, and decides what of them a terminal shows.
    values.put("CONSOLE_LEVEL", "INFO");
    // One thread per native call: parallelism is over searches, and results must not depend on it.
    values.put("OMP_NUM_THREADS", "1");
    return new ChildSettings(values);
  }

  /** Folder of the logs. */
  String logDir() {
    return values.getOrDefault("LOG_DIR", "var/log");
  }

  @Override
  public String toString() {
    return "ChildSettings" + values.keySet();
  }
}
