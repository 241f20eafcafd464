package io.mlassets.model;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Overfitting;
import io.mlassets.backtest.SharpeEstimate;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small bundles of hand-written trees, for tests of whatever loads bundles. */
public final class SampleBundles {
  /** The key they are signed with. */
  public static final BundleKey KEY = BundleKey.of("a key for tests only");

  private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");

  private SampleBundles() {}

  /** A bundle of a version for pairs, on the schema of this build. */
  public static byte[] bytes(ModelVersion version, List<Pair> pairs, BarInterval interval) {
    return BundleFile.write(draft(version, FeatureSchema.current(), pairs, interval), KEY);
  }

  /** A bundle with thresholds of one's own. */
  public static byte[] bytes(
      ModelVersion version, List<Pair> pairs, BarInterval interval, Thresholds thresholds) {
    return bytes(version, pairs, interval, thresholds, null);
  }

  /** A bundle with thresholds of one's own that says where its outputs lay in validation. */
  public static byte[] bytes(
      ModelVersion version,
      List<Pair> pairs,
      BarInterval interval,
      Thresholds thresholds,
      @Nullable OutputRanges outputRanges) {
    return bytes(version, FeatureSchema.current(), pairs, interval, thresholds, outputRanges);
  }

  /** A bundle on a schema of one's own. */
  public static byte[] bytes(
      ModelVersion version,
      FeatureSchema schema,
      List<Pair> pairs,
      BarInterval interval,
      Thresholds thresholds,
      @Nullable OutputRanges outputRanges) {
    BundleDraft draft = draft(version, schema, pairs, interval);
    BundleManifest m = draft.manifest();
    BundleManifest changed =
        new BundleManifest(
            m.format(),
            m.scope(),
            m.pairs(),
            m.interval(),
            m.seed(),
            m.trainFrom(),
            m.trainTo(),
            m.featureNames(),
            m.featureSchemaHash(),
            m.labelSpec(),
            m.policyHash(),
            m.preprocessing(),
            m.models(),
            thresholds,
            m.thresholdTrials(),
            m.backtest(),
            m.overfitting(),
            outputRanges,
            m.files());
    return BundleFile.write(
        new BundleDraft(version, draft.createdAt(), changed, draft.trees(), draft.goldenRows()),
        KEY);
  }

  /**
   * Raw materials of a bundle: AI1 by LightGBM with Platt, AI2 by XGBoost with an isotonic curve,
   * AI3 by LightGBM as it is; all look at the first feature.
   */
  public static BundleDraft draft(
      ModelVersion version, FeatureSchema schema, List<Pair> pairs, BarInterval interval) {
    TreeMap<ModelType, ModelEntry> models = new TreeMap<>();
    models.put(
        ModelType.AI1, entry(schema, ModelType.AI1, EngineId.LIGHTGBM, new Platt(1.5, -0.25)));
    models.put(
        ModelType.AI2,
        entry(
            schema,
            ModelType.AI2,
            EngineId.XGBOOST,
            new Isotonic(List.of(-1.0, 0.0, 1.0), List.of(0.1, 0.2, 0.9))));
    models.put(ModelType.AI3, entry(schema, ModelType.AI3, EngineId.LIGHTGBM, new Identity()));
    BundleManifest manifest =
        new BundleManifest(
            BundleManifest.FORMAT,
            "all",
            pairs,
            interval,
            7,
            FROM,
            FROM.plusSeconds(86_400),
            schema.names(),
            schema.hash(),
            "label spec",
            "policy hash",
            preprocessing(schema),
            models,
            new Thresholds(0.6, 0.3),
            12,
            new BacktestMetrics(1.5, 0.2, 2.5, 2.1, 0.61, 0.002, 0.03, 120, 0.4, 6_000),
            new Overfitting(
                700,
                0.5,
                350.5,
                0.4,
                0.6,
                1.2,
                1.5,
                0.96,
                0.91,
                0.1,
                0.0,
                List.of(1.4, 1.6),
                2.5,
                1.9,
                new SharpeEstimate(0.02, 15_000, -0.3, 5)),
            null,
            new TreeMap<>());
    return new BundleDraft(version, FROM.plusSeconds(90_000), manifest, trees(), rows(schema));
  }

  /** Two LightGBM trees over one column: −0.5 up to 0.25, then 0.75 or 1.25 from 1.5 on. */
  public static String lightGbm(String objective) {
    return """
    tree
    version=v4
    num_class=1
    num_tree_per_iteration=1
    label_index=0
    max_feature_idx=0
    objective=%s
    feature_names=Column_0
    feature_infos=[-3:3]
    tree_sizes=100 100

    Tree=0
    num_leaves=2
    num_cat=0
    split_feature=0
    split_gain=1
    threshold=0.25
    decision_type=2
    left_child=-1
    right_child=-2
    leaf_value=-0.5 0.5
    is_linear=0
    shrinkage=1


    Tree=1
    num_leaves=2
    num_cat=0
    split_feature=0
    split_gain=1
    threshold=1.5
    decision_type=2
    left_child=-1
    right_child=-2
    leaf_value=0 0.25
    is_linear=0
    shrinkage=1


    end of trees

    feature_importances:
    Column_0=2

    parameters:
    end of parameters

    pandas_categorical:null
    """
        .formatted(objective);
  }

  /** One XGBoost tree over one column: −0.75 below 0.5, else 0.5; missing goes left. */
  public static String xgboost(String objective) {
    return """
    {"learner":{"attributes":{},"feature_names":[],"feature_types":[],"gradient_booster":{"model":{
    "gbtree_model_param":{"num_parallel_tree":"1","num_trees":"1"},"iteration_indptr":[0,1],"tree_info":[0],
    "trees":[{"base_weights":[0,-0.75,0.5],"categories":[],"categories_nodes":[],"categories_segments":[],
    "categories_sizes":[],"default_left":[1,0,0],"id":0,"left_children":[1,-1,-1],"loss_changes":[1,0,0],
    "parents":[2147483647,0,0],"right_children":[2,-1,-1],"split_conditions":[0.5,-0.75,0.5],
    "split_indices":[0,0,0],"split_type":[0,0,0],"sum_hessian":[2,1,1],
    "tree_param":{"num_deleted":"0","num_feature":"1","num_nodes":"3","size_leaf_vector":"1"}}]},
    "name":"gbtree"},"learner_model_param":{"base_score":"5E-1","boost_from_average":"1","num_class":"0",
    "num_feature":"1","num_target":"1"},"objective":{"name":"%s","reg_loss_param":{"scale_pos_weight":"1"}}},
    "version":[3,0,4]}
    """
        .formatted(objective);
  }

  private static ModelEntry entry(
      FeatureSchema schema, ModelType type, EngineId engine, Calibration calibration) {
    boolean regression = type == ModelType.AI3;
    return new ModelEntry(
        ModelEntry.fileOf(type, engine),
        engine,
        "0",
        regression ? Objective.REGRESSION : Objective.BINARY,
        List.of(schema.names().getFirst()),
        TreeParams.of(Map.of("num_iterations", 2.0)),
        10,
        calibration,
        regression
            ? new Rmse(100, 0.2, 0.3)
            : new ClassificationMetrics(100, 0.5, 0.6, 0.02, 0.61, 0.24, 0.25, 0.68, 0.03, 0.04));
  }

  private static Map<ModelType, String> trees() {
    return Map.of(
        ModelType.AI1, lightGbm("binary sigmoid:1"),
        ModelType.AI2, xgboost("binary:logistic"),
        ModelType.AI3, lightGbm("regression"));
  }

  private static Preprocessing preprocessing(FeatureSchema schema) {
    return new Preprocessing(
        IntStream.range(0, schema.size())
            .mapToObj(i -> column(schema.names().get(i), schema.isCategorical(i)))
            .toList());
  }

  private static PreparedColumn column(String name, boolean categorical) {
    return categorical
        ? new PreparedColumn.Category(name, List.of(0, 1, 2, 3, 4, 5, 6))
        : new PreparedColumn.Numeric(name, 0.1, 0, 1);
  }

  private static List<double[]> rows(FeatureSchema schema) {
    return IntStream.range(0, 5).mapToObj(i -> row(schema, i)).toList();
  }

  private static double[] row(FeatureSchema schema, int number) {
    double[] row = new double[schema.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = schema.isCategorical(i) ? number : (number - 2) * 0.7 + 0.1 * i;
    }
    row[0] = number == 4 ? Double.NaN : row[0];
    return row;
  }
}
