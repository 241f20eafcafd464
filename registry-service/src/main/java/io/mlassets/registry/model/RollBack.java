package io.mlassets.registry.model;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.registry.audit.ConfigChanges;
import org.springframework.stereotype.Component;

/** Puts an archived version in force again, once its bundle has been verified (G-03). */
@Component
class RollBack {
  private final ModelRegistry registry;
  private final BundleKey key;
  private final ConfigChanges changes;

  RollBack(ModelRegistry registry, BundleKey key, ConfigChanges changes) {
    this.registry = registry;
    this.key = key;
    this.changes = changes;
  }

  void to(ModelVersion version, String scope, String reason, String actor) {
    verify(version);
    String before =
        registry.active(scope).map(RegisteredModel::version).map(ModelVersion::value).orElse(null);
    registry.activate(
        version, scope, () -> changes.activated(scope, before, version.value(), actor, reason));
  }

  private void verify(ModelVersion version) {
    byte[] zip =
        registry
            .artifact(version)
            .orElseThrow(() -> new NotFoundException("bundle of model " + version));
    try {
      ModelBundle bundle = BundleFile.read(zip, key);
      bundle.requireSchema(FeatureSchema.current().hash());
      if (!bundle.version().equals(version)) {
        throw new InvalidBundleException("its bundle says it is " + bundle.version());
      }
    } catch (InvalidBundleException e) {
      throw new ConflictException("model " + version + " cannot be used: " + e.getMessage());
    }
  }
}
