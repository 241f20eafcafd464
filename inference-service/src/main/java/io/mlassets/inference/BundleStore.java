package io.mlassets.inference;

import io.mlassets.inference.features.FeatureFeed;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.ServiceSettings;
import io.mlassets.platform.registry.ModelRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Bundles as files, each verified before use. A file that is lost or damaged is taken again from
 * the database (I-07).
 */
@Component
class BundleStore {
  private static final Logger log = LoggerFactory.getLogger(BundleStore.class);
  private final ModelRegistry registry;
  private final BundleCheck check;
  private final InferenceMetrics metrics;
  private final Path folder;

  BundleStore(
      ModelRegistry registry,
      BundleKey key,
      InstrumentCatalogue instruments,
      InferenceSettings inference,
      InferenceMetrics metrics,
      FeatureFeed features,
      ServiceSettings settings) {
    this.registry = registry;
    this.check = new BundleCheck(key, inference.scope(), instruments, features::brings);
    this.metrics = metrics;
    this.folder = settings.var().path().resolve("inference").resolve("models");
  }

  /**
   * The bundle of a version, from its file or else from the database.
   *
   * @throws InvalidBundleException if both are unusable
   */
  ModelBundle load(ModelVersion version) {
    ModelBundle local = local(version);
    return local == null ? restore(version) : local;
  }

  /** Puts the file back when it is gone or no longer the bundle in use. */
  void keepFile(ModelBundle inUse) {
    Path file = fileOf(inUse.version());
    if (!isWhole(file, inUse)) {
      log.warn("bundle file {} is gone or damaged, taking it from the database", file);
      restore(inUse.version());
    }
  }

  /** The same bytes were verified when they were read; that again would take long for nothing. */
  private static boolean isWhole(Path file, ModelBundle inUse) {
    try {
      return Files.isRegularFile(file) && BundleFile.sha256(read(file)).equals(inUse.sha256());
    } catch (IOException e) {
      log.warn("bundle file {} cannot be read: {}", file, e.toString());
      return false;
    }
  }

  Path fileOf(ModelVersion version) {
    return folder.resolve(BundleFile.nameOf(version));
  }

  private @Nullable ModelBundle local(ModelVersion version) {
    Path file = fileOf(version);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return check.verified(read(file), version);
    } catch (InvalidBundleException | IOException e) {
      log.warn("bundle file {} is unusable ({}), taking it from the database", file, e.toString());
      return null;
    }
  }

  private ModelBundle restore(ModelVersion version) {
    Optional<byte[]> stored = registry.artifact(version);
    if (stored.isEmpty()) {
      throw new InvalidBundleException("bundle " + version + " is not in core.model_artifacts");
    }
    ModelBundle bundle = check.verified(stored.get(), version);
    keep(fileOf(version), stored.get());
    return bundle;
  }

  /** What follows a whole bundle would not be read, whatever the file's size. */
  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(BundleFile.MAX_BYTES + 1);
    }
  }

  /** A bundle without a file decides as well; the next look tries again. */
  private void keep(Path file, byte[] content) {
    try {
      write(file, content);
      metrics.bundleRestored();
      log.info("bundle file {} restored from the database", file);
    } catch (IOException e) {
      log.warn("bundle file {} could not be written: {}", file, e.toString());
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Path temporary = Files.createTempFile(file.getParent(), "bundle", ".tmp");
    try {
      Files.write(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
