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
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder bundles are written to.
 *
 * @param dir {@code var/models}
 */
public record BundleFolder(Path dir) {
  private static final Logger log = LoggerFactory.getLogger(BundleFolder.class);
  private static final String PART_PREFIX = ".";
  private static final String PART = ".part";

  /** Where a version's bundle is or will be. */
  public Path fileOf(ModelVersion version) {
    return dir.resolve(BundleFile.nameOf(version));
  }

  private Path reportOf(ModelVersion version) {
    return dir.resolve("report-" + version.value() + ".html");
  }

  /**
   * Writes a bundle and, before it, the report of its run; whoever looks sees each whole or not at
   * all, and no bundle without its report.
   */
  public void write(ModelVersion version, byte[] zip, String report) {
    Path page = reportOf(version);
    write(page, report.getBytes(StandardCharsets.UTF_8));
    try {
      write(fileOf(version), zip);
    } catch (UncheckedIOException e) {
      page.toFile().delete();
      throw e;
    }
  }

  /** Removes the files of versions, as far as they are there; the registry has their reports. */
  void remove(List<ModelVersion> versions) {
    for (ModelVersion version : versions) {
      for (Path file : List.of(fileOf(version), reportOf(version))) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          // The run has ended well; the next one tries again.
          log.warn("{} could not be removed: {}", file, e.toString());
        }
      }
    }
  }

  private void write(Path target, byte[] content) {
    Path staged = dir.resolve(PART_PREFIX + target.getFileName() + PART);
    try {
      Files.createDirectories(dir);
      removeParts();
      Files.write(staged, content);
      Files.move(
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
