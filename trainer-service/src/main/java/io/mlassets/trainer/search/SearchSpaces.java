package io.mlassets.trainer.search;

import io.mlassets.model.EngineId;
import io.mlassets.model.TreeParams;
import java.util.List;
import java.util.Map;

/**
 * What is searched for each engine. Labels overlap and edges are small: shallow trees, strong
 * regularisation, slow learning; the ranges leave room to find that less is better still.
 */
public final class SearchSpaces {

  private SearchSpaces() {}

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
            new Dimension.Real("bagging_fraction", 0.5, 1, false),
            new Dimension.Real("lambda_l2", 1e-2, 100, true)),
        TreeParams.of(Map.of("bagging_freq", 1.0)));
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
