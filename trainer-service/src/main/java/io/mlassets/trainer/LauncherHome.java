package io.mlassets.trainer;

import java.nio.file.Path;
import java.util.Optional;

/** The project's folders, when the launcher started this process from anywhere. */
final class LauncherHome {
  private LauncherHome() {}

  /** Where the launcher lies; empty in a service or container. */
  static Optional<Path> dir() {
    return Optional.ofNullable(System.getProperty("mlassets.home")).map(Path::of);
  }

  /** {@code VAR_DIR}, else the launcher's {@code var}; empty without either. */
  static Optional<Path> var() {
    String set = System.getenv("VAR_DIR");
    return set == null || set.isBlank()
        ? dir().map(home -> home.resolve("var"))
        : Optional.of(Path.of(set));
  }
}
