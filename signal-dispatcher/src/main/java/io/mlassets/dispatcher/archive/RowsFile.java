package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivedFile;
import io.mlassets.archive.HashList;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.ToLongFunction;
import java.util.zip.GZIPOutputStream;

/** Writes one compressed file of rows and takes both hashes on the way. */
final class RowsFile {
  private static final int BUFFER = 1 << 16;

  private RowsFile() {}

  /**
   * Writes a file.
   *
   * @param rows writes the rows and says how many
   */
  static ArchivedFile write(Path folder, String name, ToLongFunction<OutputStream> rows) {
    Path file = folder.resolve(name);
    MessageDigest compressed = HashList.newDigest();
    MessageDigest plain = HashList.newDigest();
    long count;
    try (OutputStream out =
        new DigestOutputStream(
            new GZIPOutputStream(
                new DigestOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(file), BUFFER), compressed),
                BUFFER),
            plain)) {
      count = rows.applyAsLong(new Undisturbed(out));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
    try {
      return new ArchivedFile(name, count, Files.size(file), hex(compressed), hex(plain));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The hash of what is written to nowhere. */
  static String hashOf(ToLongFunction<OutputStream> rows) {
    MessageDigest plain = HashList.newDigest();
    long count = rows.applyAsLong(new DigestOutputStream(OutputStream.nullOutputStream(), plain));
    if (count < 0) {
      throw new IllegalStateException("%d rows were written".formatted(count));
    }
    return hex(plain);
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The driver flushes after each row it copies; compression should not hear of it. */
  private static final class Undisturbed extends FilterOutputStream {
    Undisturbed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void flush() {}
  }
}
