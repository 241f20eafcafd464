package io.mlassets.trainer.engine;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.jspecify.annotations.Nullable;

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

  /**
   * The engine bins at the first training and writes the bins into the rows: that is done here, so
   * that the rows can be shared by threads afterwards.
   */
  @Override
  public BinnedRows bin(TrainingRows rows, int threads) {
    XgBoostRows binned = XgBoostRows.of(rows);
    try (GrowingTrees first =
        XgBoostBooster.of(binned, null, settings(binned, Objective.REGRESSION, 0, threads))) {
      first.growTo(1);
    } catch (EngineException e) {
      binned.close();
      throw e;
    }
    return binned;
  }

  /** The engine scores raw values: nothing is to be binned. */
  @Override
  public BinnedRows binLike(TrainingRows rows, BinnedRows training, int threads) {
    return XgBoostRows.of(rows);
  }

  @Override
  public GrowingTrees grow(
      BinnedRows rows,
      @Nullable BinnedRows scored,
      TreeParams params,
      Objective objective,
      long seed,
      int threads) {
    XgBoostRows binned = own(rows);
    Map<String, Object> settings = settings(binned, objective, seed, threads);
    settings.putAll(TreeNumbers.of(params, KNOWN).texts());
    if (!binned.directions().isEmpty()) {
      settings.put("monotone_constraints", "(" + binned.directions() + ")");
    }
    return XgBoostBooster.of(binned, scored == null ? null : own(scored), settings);
  }

  private static XgBoostRows own(BinnedRows rows) {
    if (!(rows instanceof XgBoostRows binned)) {
      throw new IllegalArgumentException("rows were binned by another engine: " + rows);
    }
    return binned;
  }

  private static Map<String, Object> settings(
      XgBoostRows rows, Objective objective, long seed, int threads) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("tree_method", "hist");
    settings.put("nthread", threads);
    settings.put("seed", TreeNumbers.intSeed(seed));
    settings.put("verbosity", 0);
    settings.put("base_score", BaseScore.text(objective, rows.mean()));
    settings.put(
        "objective",
        switch (objective) {
          case BINARY -> "binary:logistic";
          case REGRESSION -> "reg:squarederror";
        });
    return settings;
  }
}
