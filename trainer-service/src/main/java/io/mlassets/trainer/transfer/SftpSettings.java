package io.mlassets.trainer.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where bundles go, from the environment: {@code SFTP_HOST}, {@code SFTP_PORT}, {@code SFTP_USER},
 * {@code SFTP_PASSWORD} or {@code SFTP_PRIVATE_KEY} (a file), {@code SFTP_HOST_KEY}, {@code
 * SFTP_DIR}.
 *
 * @param host name or address
 * @param port of the server
 * @param user who logs in
 * @param password null with a private key
 * @param privateKey file of a private key; null with a password
 * @param hostKey the server's own key as in {@code known_hosts}: type and base64
 * @param dir folder on the server, exists
 */
public record SftpSettings(
    String host,
    int port,
    String user,
    @Nullable String password,
    @Nullable String privateKey,
    String hostKey,
    String dir) {
  private static final List<String> VARIABLES =
      List.of(
          "SFTP_HOST",
          "SFTP_PORT",
          "SFTP_USER",
          "SFTP_PASSWORD",
          "SFTP_PRIVATE_KEY",
          "SFTP_HOST_KEY",
          "SFTP_DIR");

  /** Refuses what cannot work with {@link IllegalArgumentException}. */
  public SftpSettings {
    if (hostKey.isBlank() || hostKey.trim().split("\\s+").length < 2) {
      throw new IllegalArgumentException(
          "SFTP_HOST_KEY: expected type and key of the server, such as 'ssh-ed25519 AAAA...'");
    }
    if (user.isBlank() || (password == null) == (privateKey == null)) {
      throw new IllegalArgumentException(
          "SFTP_USER and either SFTP_PASSWORD or SFTP_PRIVATE_KEY are needed");
    }
  }

  /** Null when {@code SFTP_HOST} is not set. */
  public static @Nullable SftpSettings of(Environment environment) {
    String host = environment.getProperty("sftp.host", "");
    if (host.isBlank()) {
      return null;
    }
    return new SftpSettings(
        host,
        environment.getProperty("sftp.port", Integer.class, 22),
        environment.getProperty("sftp.user", ""),
        unlessBlank(environment.getProperty("sftp.password")),
        unlessBlank(environment.getProperty("sftp.private.key")),
        environment.getProperty("sftp.host.key", ""),
        environment.getProperty("sftp.dir", "."));
  }

  /** Compose sets what is not filled in to an empty text. */
  private static @Nullable String unlessBlank(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** What is set of it, by the names a training process reads; holds a secret. */
  public static Map<String, String> variables(Environment environment) {
    Map<String, String> set = new TreeMap<>();
    for (String name : VARIABLES) {
      String value = environment.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
      if (value != null) {
        set.put(name, value);
      }
    }
    return set;
  }

  /**
   * Signatures the server may show its key with: only of the type that is pinned, as another key of
   * the same server says nothing. One RSA key signs in several ways, and servers have given up the
   * one that bears the key's name (SHA-1).
   */
  String hostKeyAlgorithms() {
    String type = hostKey.trim().split("\\s+")[0];
    return type.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : type;
  }

  @Override
  public String toString() {
    return "SftpSettings[%s@%s:%d/%s]".formatted(user, host, port, dir);
  }
}
