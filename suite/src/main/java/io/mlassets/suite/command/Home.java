package io.mlassets.suite.command;

import java.nio.file.Path;

/** Where the project lies: the launcher says so, whatever directory it is called from. */
final class Home {
  private Home() {}

  static Path directory() {
    return Path.of(System.getProperty("mlassets.home", ".")).toAbsolutePath().normalize();
  }

  static Path varDir() {
    String set = System.getenv("VAR_DIR");
    return set == null || set.isBlank()
        ? directory().resolve("var")
        : Path.of(set).toAbsolutePath();
  }
}
