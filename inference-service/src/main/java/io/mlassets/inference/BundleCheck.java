package io.mlassets.inference;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Symbol;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import java.util.function.Predicate;

/**
 * What bytes must be before they may decide.
 *
 * @param key they are signed with
 * @param scope models of which decide here
 * @param instruments that can be decided on
 * @param comes whether vectors of a schema, told by its hash, come from the data pipeline; those of
 *     this build's schema are made here
 */
public record BundleCheck(
    BundleKey key, String scope, InstrumentCatalogue instruments, Predicate<String> comes) {

  /**
   * The bundle of a version, fit to decide here.
   *
   * @throws InvalidBundleException saying why it is not, whatever the bytes are
   */
  public ModelBundle verified(byte[] zip, ModelVersion version) {
    ModelBundle bundle = BundleFile.read(zip, key);
    require(
        bundle.version().equals(version),
        "bundle of %s says it is %s".formatted(version, bundle.version()));
    require(
        bundle.manifest().scope().equals(scope),
        "bundle is of scope %s, not %s".formatted(bundle.manifest().scope(), scope));
    if (!comes.test(bundle.manifest().featureSchemaHash())) {
      bundle.requireSchema(FeatureSchema.current().hash());
    }
    bundle.manifest().pairs().stream()
        .flatMap(pair -> pair.legs().stream())
        .forEach(this::requireKnown);
    return bundle;
  }

  private void requireKnown(Symbol symbol) {
    if (!instruments.knows(symbol)) {
      throw new InvalidBundleException(
          "bundle decides on %s, which is not in instruments.yaml".formatted(symbol));
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InvalidBundleException(message);
    }
  }
}
