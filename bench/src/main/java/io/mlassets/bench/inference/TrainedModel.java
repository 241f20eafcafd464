package io.mlassets.bench.inference;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeEnsemble;
import io.mlassets.model.TreeParams;
import io.mlassets.trainer.engine.TrainedTrees;
import io.mlassets.trainer.engine.TrainingRows;
import io.mlassets.trainer.engine.TreeEngine;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A model to be scored.
 *
 * @param name for people
 * @param engine that trained it
 * @param text the engine's own form
 * @param trees the same, scored in Java
 * @param rows it was trained on
 */
record TrainedModel(
    String name, EngineId engine, String text, TreeEnsemble trees, TrainingRows rows) {
  private static final long SEED = 20_261_127;

  /** 200 trees of 31 leaves on a market's rows: what is timed. */
  static TrainedModel lightGbm(int count) {
    return lightGbm("LightGBM", MadeRows.MARKET.rows(count, SEED), 200, 31);
  }

  /** 200 trees of depth 5 on the same rows. */
  static TrainedModel xgboost(int count) {
    return xgboost(
        "XGBoost", MadeRows.MARKET.rows(count, SEED), 200, Map.of("max_depth", 5.0, "eta", 0.05));
  }

  /** Models that ask everything a tree can ask, beside those that are timed. */
  static List<TrainedModel> unusual(int count) throws IOException {
    TrainingRows rows = MadeRows.AWKWARD.rows(count, SEED + 1);
    return List.of(
        lightGbm("LightGBM, missing values, 300 categories", rows, 100, 31),
        lightGbm("LightGBM, 255 leaves", rows, 50, 255),
        withSettings("LightGBM, zero as missing", rows, "zero_as_missing=true"),
        withSettings("LightGBM, nothing as missing", rows, "use_missing=false"),
        xgboost(
            "XGBoost, missing values, 300 categories",
            rows,
            100,
            Map.of("max_depth", 9.0, "eta", 0.1, "gamma", 0.5)));
  }

  private static TrainedModel lightGbm(String name, TrainingRows rows, int trees, int leaves) {
    Map<String, Double> params =
        Map.of("num_leaves", (double) leaves, "learning_rate", 0.05, "min_data_in_leaf", 5.0);
    return trained(name, EngineId.LIGHTGBM, rows, trees, params);
  }

  private static TrainedModel xgboost(
      String name, TrainingRows rows, int trees, Map<String, Double> params) {
    return trained(name, EngineId.XGBOOST, rows, trees, params);
  }

  private static TrainedModel trained(
      String name, EngineId engine, TrainingRows rows, int trees, Map<String, Double> params) {
    TrainedTrees trained =
        TreeEngine.of(engine)
            .train(
                rows,
                TreeParams.of(params).with(TreeEngine.TREES, trees),
                Objective.BINARY,
                SEED,
                1);
    return new TrainedModel(name, engine, trained.text(), trained.ensemble(), rows);
  }

  private static TrainedModel withSettings(String name, TrainingRows rows, String settings)
      throws IOException {
    String text = NativeTraining.text(rows, "num_leaves=31 min_data_in_leaf=5 " + settings, 100);
    return new TrainedModel(name, EngineId.LIGHTGBM, text, TreeEnsemble.lightGbm(text), rows);
  }
}
