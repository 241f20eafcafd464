package io.mlassets.inference;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.ServiceSettings;
import io.mlassets.platform.registry.ModelRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private final BundleKey key;
  private final Path folder;

  BundleStore(ModelRegistry registry, BundleKey key, ServiceSettings settings) {
    this.registry = registry;
    this.key = key;
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
    ModelBundle local = local(inUse.version());
    if (local == null || !local.sha256().equals(inUse.sha256())) {
      restore(inUse.version());
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
      return verified(Files.readAllBytes(file), version);
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
    ModelBundle bundle = verified(stored.get(), version);
    write(fileOf(version), stored.get());
    log.info("bundle {} restored from the database", version);
    return bundle;
  }

  private ModelBundle verified(byte[] zip, ModelVersion version) {
    ModelBundle bundle = BundleFile.read(zip, key);
    if (!bundle.version().equals(version)) {
      throw new InvalidBundleException(
          "bundle of %s says it is %s".formatted(version, bundle.version()));
    }
    bundle.requireSchema(FeatureSchema.current().hash());
    return bundle;
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Path temporary = Files.createTempFile(file.getParent(), "bundle", ".tmp");
      Files.write(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("bundle file " + file, e);
    }
  }
}
