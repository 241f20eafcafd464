package io.mlassets.trainer.store;

import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder bundles are written to.
 *
 * @param dir {@code var/models}
 */
public record BundleFolder(Path dir) {

  /** Writes a bundle; whoever looks sees it whole or not at all. */
  public Path write(ModelVersion version, byte[] zip) {
    Path target = dir.resolve(BundleFile.nameOf(version));
    Path staged = dir.resolve("." + BundleFile.nameOf(version) + ".part");
    try {
      Files.createDirectories(dir);
      Files.write(staged, zip);
      return Files.move(
          staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("bundle " + target + " could not be written", e);
    }
  }
}
