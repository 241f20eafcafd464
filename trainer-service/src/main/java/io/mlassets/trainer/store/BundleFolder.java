package io.mlassets.trainer.store;

import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    return write(BundleFile.nameOf(version), zip);
  }

  /** Writes the report of the run beside its bundle. */
  public Path writeReport(ModelVersion version, String html) {
    return write("report-" + version.value() + ".html", html.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, byte[] content) {
    Path target = dir.resolve(name);
    Path staged = dir.resolve(PART_PREFIX + name + PART);
    try {
      Files.createDirectories(dir);
      removeParts();
      Files.write(staged, content);
      return Files.move(
          staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be written: %s".formatted(target, e), e);
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
