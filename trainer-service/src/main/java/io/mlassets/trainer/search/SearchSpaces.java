package io.mlassets.trainer.search;

import io.mlassets.model.EngineId;
import io.mlassets.model.TreeParams;
import io.mlassets.policy.Pruning;
import java.util.List;
import java.util.Map;

/**
 * What is searched for each engine. Labels overlap and edges are small: shallow trees, strong
 * regularisation, slow learning; the ranges leave room to find that less is better still.
 */
public final class SearchSpaces {

  /** Trials of a study that may run at a time. */
  public static final int WINDOW = 2;

  /** Tenths of a trial's trees without a lower loss after which a fold stops. */
  public static final int PATIENCE = 3;

  /**
   * One in six trials goes on after half a fold, and after three. One in three, as Hyperband has
   * it, is too kind: proposals get better, so most later trials are among the best so far.
   */
  public static final Pruner PRUNER = new SuccessiveHalving(FoldTrials.RUNGS / 2, 6, 0);

  private SearchSpaces() {}

  /** A policy's pruner, for trials of so many folds; none looks before half a fold. */
  public static Pruner pruner(Pruning pruning, int folds) {
    int half = FoldTrials.RUNGS / 2;
    return switch (pruning) {
      case HALVING -> PRUNER;
      case MEDIAN -> new MedianPruner(5, half - 1);
      case HYPERBAND -> new Hyperband(half, folds * FoldTrials.RUNGS, 3);
      case NONE -> new Pruner.Never();
    };
  }

  /** The space of an engine, for classification and regression alike. */
  public static SearchSpace of(EngineId engine) {
    return switch (engine) {
      case LIGHTGBM -> lightGbm();
      case XGBOOST -> xgboost();
    };
  }

  private static SearchSpace lightGbm() {
    return new SearchSpace(
        List.of(
            new Dimension.Whole("num_iterations", 30, 150, true),
            new Dimension.Real("learning_rate", 0.01, 0.15, true),
            new Dimension.Whole("num_leaves", 4, 31, true),
            new Dimension.Whole("min_data_in_leaf", 30, 400, true),
            new Dimension.Real("feature_fraction", 0.5, 1, false),
            new Dimension.Choice("bagging_freq", 2),
            new Dimension.When(
                "bagging_freq", 1, new Dimension.Real("bagging_fraction", 0.5, 1, false)),
            new Dimension.Real("lambda_l2", 1e-2, 100, true)),
        TreeParams.of(Map.of()));
  }

  private static SearchSpace xgboost() {
    return new SearchSpace(
        List.of(
            new Dimension.Whole("num_iterations", 30, 150, true),
            new Dimension.Real("eta", 0.01, 0.15, true),
            new Dimension.Whole("max_depth", 2, 5, false),
            new Dimension.Real("min_child_weight", 5, 200, true),
            new Dimension.Real("subsample", 0.5, 1, false),
            new Dimension.Real("colsample_bytree", 0.5, 1, false),
            new Dimension.Real("lambda", 1e-2, 100, true)),
        TreeParams.of(Map.of()));
  }
}
