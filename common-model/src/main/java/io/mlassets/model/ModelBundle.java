package io.mlassets.model;

import io.mlassets.decision.Scores;
import io.mlassets.feature.FeatureVector;
import java.time.Instant;
import java.util.function.Function;

/** Three verified models and all that is needed to score a feature vector. Immutable. */
public final class ModelBundle {
  private final BundleEnvelope envelope;
  private final BundleManifest manifest;
  private final String sha256;
  private final Scorer ai1;
  private final Scorer ai2;
  private final Scorer ai3;

  ModelBundle(
      BundleEnvelope envelope,
      BundleManifest manifest,
      String sha256,
      Function<ModelType, TreeEnsemble> trees) {
    this.envelope = envelope;
    this.manifest = manifest;
    this.sha256 = sha256;
    ai1 = Scorer.of(manifest, ModelType.AI1, trees.apply(ModelType.AI1));
    ai2 = Scorer.of(manifest, ModelType.AI2, trees.apply(ModelType.AI2));
    ai3 = Scorer.of(manifest, ModelType.AI3, trees.apply(ModelType.AI3));
  }

  /** The bundle's version. */
  public ModelVersion version() {
    return envelope.version();
  }

  /** When it was written, UTC. */
  public Instant createdAt() {
    return envelope.createdAt();
  }

  /** Hash of what training determined: same data, seed and versions give the same. */
  public String contentSha256() {
    return envelope.contentSha256();
  }

  /** Hash of the whole file. */
  public String sha256() {
    return sha256;
  }

  /** What training determined. */
  public BundleManifest manifest() {
    return manifest;
  }

  /** The three scores; a vector of another schema → {@link InvalidBundleException}. */
  public Scores score(FeatureVector features) {
    requireSchema(features.schema().hash());
    double[] row = manifest.preprocessing().apply(features.copy());
    return new Scores(ai1.output(row), ai2.output(row), ai3.output(row));
  }

  /** Refuses a schema other than the one trained on with {@link InvalidBundleException}. */
  public void requireSchema(String hash) {
    if (!hash.equals(manifest.featureSchemaHash())) {
      throw new InvalidBundleException(
          "bundle %s was trained on feature schema %s, asked about %s"
              .formatted(version(), manifest.featureSchemaHash(), hash));
    }
  }

  /** The name of the file: {@code best_model-<version>.zip}. */
  public String fileName() {
    return BundleFile.nameOf(version());
  }

  GoldenRow golden(double[] values) {
    double[] row = manifest.preprocessing().apply(values);
    return GoldenRow.of(values, type -> scorer(type).raw(row), type -> scorer(type).output(row));
  }

  private Scorer scorer(ModelType type) {
    return switch (type) {
      case AI1 -> ai1;
      case AI2 -> ai2;
      case AI3 -> ai3;
    };
  }
}
