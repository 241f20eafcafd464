package io.mlassets.platform;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Folders and clock of a service ({@code CONFIG_DIR}, {@code VAR_DIR}, {@code CLOCK_MODE}).
 *
 * @param config where the policies are
 * @param var where files of the running system go
 * @param clock what market time follows
 */
@ConfigurationProperties
public record ServiceSettings(
    @DefaultValue Config config, @DefaultValue Var var, @DefaultValue MarketTime clock) {

  /**
   * The folder of policies.
   *
   * @param dir the folder
   * @param checkEvery how often its files are looked at
   */
  public record Config(
      @DefaultValue("config") String dir, @DefaultValue("1s") Duration checkEvery) {
    /** Refuses what is no time between two looks with {@link IllegalArgumentException}. */
    public Config {
      if (checkEvery.toMillis() < 1) {
        throw new IllegalArgumentException(
            "CONFIG_CHECKEVERY: %s is not at least 1 ms".formatted(checkEvery));
      }
    }

    /** The folder's path; Spring's own conversion reads {@code ..} as a resource. */
    public Path path() {
      return Path.of(dir);
    }
  }

  /**
   * The folder of run-time files.
   *
   * @param dir the folder
   */
  public record Var(@DefaultValue("var") String dir) {
    /** The folder's path. */
    public Path path() {
      return Path.of(dir);
    }
  }

  /**
   * Which time expiry and staleness follow.
   *
   * @param mode {@code system}, or {@code bars} when history is replayed
   */
  public record MarketTime(@DefaultValue("system") Mode mode) {}

  /** The two kinds of market time. */
  public enum Mode {
    SYSTEM,
    BARS
  }
}
