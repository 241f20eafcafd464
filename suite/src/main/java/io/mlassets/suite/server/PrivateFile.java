package io.mlassets.suite.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/** Writes properties to a file that only its owner may read, whole or not at all. */
public final class PrivateFile {
  private PrivateFile() {}

  /** Replaces {@code file}. */
  public static void write(Path file, Properties values, String comment) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path half = file.resolveSibling(file.getFileName() + ".half");
      Files.deleteIfExists(half);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            half,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      try (Writer writer = Files.newBufferedWriter(half)) {
        values.store(writer, comment);
      }
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
