package io.mlassets.trainer;

import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.BundleDraft;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.Isotonic;
import io.mlassets.model.ModelEntry;
import io.mlassets.model.ModelType;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A model in force whose thresholds let too few candidates through. */
final class TunableModel {
  static final String VERSION = "20260101_0000";
  static final Thresholds OWN = new Thresholds(0.7, 0.25);

  /** Half of the candidates have a risk of 0.3, the others of 0.63. */
  private static final Isotonic RISK =
      new Isotonic(List.of(-1.0, 0.0, 1.0), List.of(0.28, 0.36, 0.9));

  private TunableModel() {}

  static void adopt(JdbcClient database, List<Pair> pairs) {
    BundleDraft draft =
        SampleBundles.draft(
            new ModelVersion(VERSION), FeatureSchema.current(), pairs, BarInterval.M1);
    BundleManifest m = draft.manifest();
    TreeMap<ModelType, ModelEntry> models = new TreeMap<>(m.models());
    models.computeIfPresent(
        ModelType.AI2,
        (type, e) ->
            new ModelEntry(
                e.file(),
                e.engine(),
                e.engineVersion(),
                e.objective(),
                e.inputs(),
                e.params(),
                e.trials(),
                RISK,
                e.metrics()));
    BundleManifest changed =
        new BundleManifest(
            m.format(),
            m.scope(),
            m.pairs(),
            m.interval(),
            m.seed(),
            Instant.parse("2024-01-01T04:00:00Z"),
            Instant.parse("2024-01-02T04:00:00Z"),
            m.featureNames(),
            m.featureSchemaHash(),
            m.labelSpec(),
            m.policyHash(),
            m.preprocessing(),
            models,
            OWN,
            m.thresholdTrials(),
            m.backtest(),
            m.overfitting(),
            m.outputRanges(),
            m.files());
    byte[] zip =
        BundleFile.write(
            new BundleDraft(
                new ModelVersion(VERSION),
                draft.createdAt(),
                changed,
                draft.trees(),
                draft.goldenRows()),
            SampleBundles.KEY);
    database
        .sql("insert into core.model_artifacts values (?, 'content', 'sha', ?)")
        .params(VERSION, zip)
        .update();
    for (ModelType type : ModelType.values()) {
      database
          .sql(
              """
              insert into core.model_registry (model_version, model_type, status,
                train_period_start, train_period_end, theta1, theta2, metrics, artifact_path, notes,
                feature_schema_hash, seed, params)
              values (?, ?, 'active', '2024-01-01', '2024-01-02', ?, ?, '{}', 'x', 'n', 'h', 7, '{}')
              """)
          .params(VERSION, type.name(), OWN.theta1(), OWN.theta2())
          .update();
    }
  }
}
