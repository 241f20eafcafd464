package io.mlassets.trainer.store;

import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder bundles are written to.
 *
 * @param dir {@code var/models}
 */
public record BundleFolder(Path dir) {
  private static final String PART_PREFIX = ".";
  private static final String PART = ".part";

  /** Writes a bundle; whoever looks sees it whole or not at all. */
  public Path write(ModelVersion version, byte[] zip) {
    Path target = dir.resolve(BundleFile.nameOf(version));
    Path staged = dir.resolve(PART_PREFIX + BundleFile.nameOf(version) + PART);
    try {
      Files.createDirectories(dir);
      removeParts();
      Files.write(staged, zip);
      return Files.move(
          staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("bundle %s could not be written: %s".formatted(target, e), e);
    }
  }

  /** What a full disk or a killed process left behind; there is one run at a time. */
  private void removeParts() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(dir, PART_PREFIX + "*" + PART)) {
      for (Path part : parts) {
        Files.delete(part);
      }
    }
  }
}
