package io.mlassets.registry.model;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.PipelineSchemas;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.registry.audit.ConfigChanges;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** Puts an archived version in force again, once its bundle has been verified (G-03). */
@Component
class RollBack {
  private final ModelRegistry registry;
  private final BundleKey key;
  private final ConfigChanges changes;
  private final PipelineSchemas pipeline;

  RollBack(ModelRegistry registry, BundleKey key, ConfigChanges changes, JdbcOperations jdbc) {
    this.registry = registry;
    this.key = key;
    this.changes = changes;
    this.pipeline = PipelineSchemas.in(jdbc);
  }

  void to(ModelVersion version, String scope, String reason, String actor) {
    verify(version);
    String before =
        registry.active(scope).map(RegisteredModel::version).map(ModelVersion::value).orElse(null);
    registry.activate(
        version, scope, () -> changes.activated(scope, before, version.value(), actor, reason));
  }

  /** Features made here, or by the data pipeline, which must have registered them. */
  private void requireSchema(ModelBundle bundle) {
    String hash = bundle.manifest().featureSchemaHash();
    if (!hash.equals(FeatureSchema.current().hash())) {
      try {
        pipeline.of(hash);
      } catch (IllegalArgumentException e) {
        throw new InvalidBundleException(String.valueOf(e.getMessage()));
      }
    }
  }

  private void verify(ModelVersion version) {
    byte[] zip =
        registry
            .artifact(version)
            .orElseThrow(() -> new NotFoundException("bundle of model " + version));
    try {
      ModelBundle bundle = BundleFile.read(zip, key);
      requireSchema(bundle);
      if (!bundle.version().equals(version)) {
        throw new InvalidBundleException("its bundle says it is " + bundle.version());
      }
    } catch (InvalidBundleException e) {
      throw new ConflictException("model " + version + " cannot be used: " + e.getMessage());
    }
  }
}
