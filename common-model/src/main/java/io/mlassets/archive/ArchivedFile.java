package io.mlassets.archive;

import java.util.regex.Pattern;

/**
 * A file of rows in the archive: CSV with a header line, compressed by gzip.
 *
 * @param name within its part's folder
 * @param rows rows without the header
 * @param bytes compressed length
 * @param sha256 of the compressed bytes, lower-case hex
 * @param rowsSha256 of the uncompressed bytes, lower-case hex; what restored rows are held against
 */
public record ArchivedFile(String name, long rows, long bytes, String sha256, String rowsSha256) {
  static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Refuses names that are more than a file's, and hashes that are none. */
  public ArchivedFile {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'%s' is no file name of an archive".formatted(name));
    }
    if (rows < 0 || bytes < 1) {
      throw new IllegalArgumentException(
          "%s: %d rows in %d bytes: expected at least 0 in at least 1"
              .formatted(name, rows, bytes));
    }
    requireHash(name, sha256);
    requireHash(name, rowsSha256);
  }

  static void requireHash(String name, String hash) {
    if (!SHA256.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "%s: '%s' is not a SHA-256 of 64 lower-case hex digits".formatted(name, hash));
    }
  }
}
