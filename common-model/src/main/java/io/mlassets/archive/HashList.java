package io.mlassets.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code SHA256SUMS} of a part: a line per file as {@code sha256sum} writes and checks them. It is
 * stored last, so a part without it is not complete.
 *
 * @param hashes SHA-256 in lower-case hex by file name, sorted
 */
public record HashList(SortedMap<String, String> hashes) {
  public static final String NAME = "SHA256SUMS";
  private static final int HASH_LENGTH = 64;
  private static final String BETWEEN = "  ";

  /** Copies; refuses an empty list, and names and hashes that are none. */
  public HashList {
    if (hashes.isEmpty()) {
      throw new IllegalArgumentException(NAME + " names no file");
    }
    hashes.forEach(
        (name, hash) -> {
          if (!ArchivedFile.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "%s: '%s' is no file name of an archive".formatted(NAME, name));
          }
          ArchivedFile.requireHash(name, hash);
        });
    hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
  }

  /** The list of a manifest and the files it names. */
  public static HashList of(ArchiveManifest manifest) {
    return new HashList(
        new TreeMap<>(
            Map.of(
                ArchiveManifest.NAME,
                sha256(manifest.toJson()),
                manifest.signals().name(),
                manifest.signals().sha256(),
                manifest.dispatch().name(),
                manifest.dispatch().sha256())));
  }

  /** The file's text. */
  public String text() {
    return hashes.entrySet().stream()
        .map(entry -> entry.getValue() + BETWEEN + entry.getKey() + "\n")
        .collect(Collectors.joining());
  }

  /** Reads the file's text; {@link IllegalArgumentException} names the line that is wrong. */
  public static HashList parse(String text) {
    SortedMap<String, String> hashes = new TreeMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.length() <= HASH_LENGTH + BETWEEN.length()
          || !line.startsWith(BETWEEN, HASH_LENGTH)) {
        throw new IllegalArgumentException(
            "%s: line %d is not a hash, two blanks and a name".formatted(NAME, number));
      }
      String name = line.substring(HASH_LENGTH + BETWEEN.length());
      if (hashes.put(name, line.substring(0, HASH_LENGTH)) != null) {
        throw new IllegalArgumentException(
            "%s: line %d names %s a second time".formatted(NAME, number, name));
      }
    }
    return new HashList(hashes);
  }

  /** SHA-256 in lower-case hex. */
  public static String sha256(byte[] content) {
    MessageDigest digest = newDigest();
    return HexFormat.of().formatHex(digest.digest(content));
  }

  /** SHA-256 of a text's UTF-8. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A digest for content that comes in pieces. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
