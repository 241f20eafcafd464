package io.mlassets.suite.up;

import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.database.Migrate;
import io.mlassets.suite.server.Secrets;
import io.mlassets.suite.server.SuiteSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@link SuiteSettings} from environment variables and names every one that is missing. */
public final class SuiteEnvironment {
  private static final int REDIS_PORT = 6379;

  private final Map<String, String> env;
  private final List<String> missing = new ArrayList<>();

  /** Reads from {@code env}. */
  public SuiteEnvironment(Map<String, String> env) {
    this.env = env;
  }

  /**
   * The settings, or {@link IllegalArgumentException} naming what is missing.
   *
   * @param home the project's directory
   * @param varDir where everything written goes
   */
  public SuiteSettings settings(Path home, Path varDir) {
    Owner database = owner();
    RedisSettings redis = redis();
    String operator = required("OPERATOR_TOKEN");
    String analyst = required("ANALYST_TOKEN");
    String bundleKey = required("BUNDLE_KEY");
    refuseMissing();
    return new SuiteSettings(
        database.url(),
        database.user(),
        database.password(),
        servicePassword(varDir),
        redis,
        operator,
        analyst,
        bundleKey,
        signalKey(),
        Path.of(env.getOrDefault("CONFIG_DIR", home.resolve("config").toString())).toAbsolutePath(),
        varDir,
        env.getOrDefault("CLOCK_MODE", "system"));
  }

  /** Migrates the database as its owner. */
  public void migrate(Path varDir) {
    Owner owner = owner();
    refuseMissing();
    Migrate.run(
        new DatabaseSettings(owner.url(), owner.user(), owner.password(), 1),
        servicePassword(varDir));
  }

  private String servicePassword(Path varDir) {
    String given = env.get("SERVICE_DB_PASSWORD");
    return given != null && isSet(given)
        ? given
        : Secrets.in(varDir.resolve("secrets.properties")).get("service.database.password");
  }

  /** The owner of the database. */
  record Owner(String url, String user, String password) {}

  /** Takes {@code jdbc:postgresql://host/name} and {@code postgresql://user:password@host/name}. */
  Owner owner() {
    String url = required("DATABASE_URL");
    if (url.isEmpty() || url.startsWith("jdbc:")) {
      return new Owner(url, required("DATABASE_USER"), required("DATABASE_PASSWORD"));
    }
    URI uri = URI.create(url);
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("postgresql".equals(scheme) || "postgres".equals(scheme))) {
      throw new IllegalArgumentException(
          "DATABASE_URL is neither jdbc:postgresql://host:port/name nor"
              + " postgresql://user:password@host:port/name");
    }
    String[] who =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new Owner(
        "jdbc:postgresql://" + uri.getHost() + port + uri.getPath() + query,
        isSet(env.get("DATABASE_USER")) || who.length < 1
            ? required("DATABASE_USER")
            : decoded(who[0]),
        isSet(env.get("DATABASE_PASSWORD")) || who.length < 2
            ? required("DATABASE_PASSWORD")
            : decoded(who[1]));
  }

  /** The key of signals; empty for none. */
  String signalKey() {
    return env.getOrDefault("SIGNAL_KEY", "");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** {@code redis://[[user]:password@]host:port[/database]}, or its host and port. */
  RedisSettings redis() {
    String url = env.get("REDIS_URL");
    if (url == null || !isSet(url)) {
      url = "redis://" + redisHost() + ":" + env.getOrDefault("REDIS_PORT", "" + REDIS_PORT);
    } else if (!url.matches("rediss?://.+") || URI.create(url).getHost() == null) {
      throw new IllegalArgumentException(
          "REDIS_URL is not of the form redis://[[user]:password@]host:port[/database]");
    }
    return new RedisSettings(url, "localhost", REDIS_PORT, env.getOrDefault("REDIS_PREFIX", ""));
  }

  private String redisHost() {
    String host = env.get("REDIS_HOST");
    if (host != null && isSet(host)) {
      return host;
    }
    missing.add("REDIS_URL (or REDIS_HOST and REDIS_PORT)");
    return "localhost";
  }

  private String required(String name) {
    String value = env.get(name);
    if (value == null || !isSet(value)) {
      missing.add(name);
      return "";
    }
    return value;
  }

  /** Throws {@link IllegalArgumentException} naming everything asked for and not set. */
  void refuseMissing() {
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "not set in the environment: " + String.join(", ", missing));
    }
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isBlank();
  }
}
