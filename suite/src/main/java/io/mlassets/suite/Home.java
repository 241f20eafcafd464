package io.mlassets.suite;

import java.nio.file.Path;

/** Where the project lies, whatever directory the launcher is called from. */
public final class Home {
  private Home() {}

  /** The project's directory, absolute. */
  public static Path directory() {
    return Path.of(System.getProperty("mlassets.home", ".")).toAbsolutePath().normalize();
  }

  /** Policies and instruments: {@code CONFIG_DIR}, or {@code config/} of the project. */
  public static Path configDir() {
    String set = System.getenv("CONFIG_DIR");
    return set == null || set.isBlank()
        ? directory().resolve("config")
        : Path.of(set).toAbsolutePath();
  }

  /** Where everything written goes: {@code VAR_DIR}, or {@code var/} of the project. */
  public static Path varDir() {
    String set = System.getenv("VAR_DIR");
    return set == null || set.isBlank()
        ? directory().resolve("var")
        : Path.of(set).toAbsolutePath();
  }
}
