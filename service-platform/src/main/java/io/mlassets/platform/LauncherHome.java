package io.mlassets.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.springframework.core.env.PropertiesPropertySource;

/**
 * The project's folders, and the settings of a demo that is up, when the launcher started this
 * process from anywhere.
 */
public final class LauncherHome {
  private LauncherHome() {}

  /** Where the launcher lies; empty in a service or container. */
  public static Optional<Path> dir() {
    return Optional.ofNullable(System.getProperty("mlassets.home")).map(Path::of);
  }

  /** {@code VAR_DIR}, else the launcher's {@code var}; empty without either. */
  public static Optional<Path> var() {
    String set = System.getenv("VAR_DIR");
    return set == null || set.isBlank()
        ? dir().map(home -> home.resolve("var"))
        : Optional.of(Path.of(set));
  }

  /** Folders, database, Redis and keys, for commands; whatever the environment says goes before. */
  public static PropertiesPropertySource settings() {
    Properties known = new Properties();
    Optional<Path> home = dir();
    if (home.isPresent()) {
      Path var = var().orElseThrow();
      known.setProperty("config.dir", home.get().resolve("config").toString());
      known.setProperty("var.dir", var.toString());
      take(var.resolve("endpoints.properties"), List.of("database.", "redis.url"), known);
      take(var.resolve("secrets.properties"), List.of("bundle.key", "signal.key"), known);
    }
    return new PropertiesPropertySource("launcher", known);
  }

  private static void take(Path file, List<String> prefixes, Properties into) {
    if (!Files.isReadable(file)) {
      return;
    }
    Properties all = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      all.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    for (String name : all.stringPropertyNames()) {
      if (prefixes.stream().anyMatch(name::startsWith)) {
        into.setProperty(name, all.getProperty(name));
      }
    }
  }
}
