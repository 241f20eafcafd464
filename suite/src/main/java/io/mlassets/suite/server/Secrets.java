package io.mlassets.suite.server;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * What a suite that runs by itself needs to keep secret, made once and kept in a file only its
 * owner can read: a signed bundle must still verify after a restart.
 */
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private final Properties values = new Properties();

  private Secrets(Path file) {
    this.file = file;
  }

  /** Reads {@code file}, or starts an empty one. */
  public static Secrets in(Path file) {
    Secrets secrets = new Secrets(file);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        secrets.values.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return secrets;
  }

  /** The secret of this name: 32 random bytes in hexadecimal, made at first use. */
  public synchronized String get(String name) {
    String known = values.getProperty(name);
    if (known != null) {
      return known;
    }
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    String made = HexFormat.of().formatHex(bytes);
    values.setProperty(name, made);
    write();
    return made;
  }

  private void write() {
    PrivateFile.write(
        file, values, "Secrets of the local suite. Deleting this file makes var/ unreadable.");
  }
}
