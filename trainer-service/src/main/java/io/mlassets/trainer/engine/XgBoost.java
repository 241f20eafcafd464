package io.mlassets.trainer.engine;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeEnsemble;
import io.mlassets.model.TreeParams;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost with histogram trees. */
public final class XgBoost implements TreeEngine {
  /** What may be searched or fixed beside {@code num_iterations}. */
  private static final Set<String> KNOWN =
      Set.of(
          "max_depth",
          "eta",
          "min_child_weight",
          "gamma",
          "lambda",
          "alpha",
          "subsample",
          "colsample_bytree",
          "colsample_bylevel",
          "max_delta_step");

  @Override
  public EngineId id() {
    return EngineId.XGBOOST;
  }

  @Override
  public String version() {
    return LibraryVersion.of(XGBoost.class, "ml.dmlc", "xgboost4j_2.12");
  }

  @Override
  public BinnedRows bin(TrainingRows rows, int threads) {
    return XgBoostRows.of(rows);
  }

  @Override
  public TrainedTrees train(
      BinnedRows rows, TreeParams params, Objective objective, long seed, int threads) {
    if (!(rows instanceof XgBoostRows binned)) {
      throw new IllegalArgumentException("rows were binned by another engine: " + rows);
    }
    TreeNumbers numbers = TreeNumbers.of(params, KNOWN);
    Map<String, Object> settings = settings(objective, seed, threads);
    settings.putAll(numbers.texts());
    try {
      Booster booster =
          XGBoost.train(binned.matrix(), settings, numbers.iterations(), Map.of(), null, null);
      try {
        String json = new String(booster.toByteArray("json"), StandardCharsets.UTF_8);
        return new TrainedTrees(id(), json, TreeEnsemble.xgboost(json));
      } finally {
        booster.dispose();
      }
    } catch (XGBoostError e) {
      throw new EngineException("XGBoost: " + params + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> settings(Objective objective, long seed, int threads) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("tree_method", "hist");
    settings.put("nthread", threads);
    settings.put("seed", TreeNumbers.intSeed(seed));
    settings.put("verbosity", 0);
    switch (objective) {
      case BINARY -> {
        settings.put("objective", "binary:logistic");
        // Its log odds are exactly zero; those of any other depend on the platform's last bit.
        settings.put("base_score", "0.5");
      }
      case REGRESSION -> settings.put("objective", "reg:squarederror");
    }
    return settings;
  }
}
