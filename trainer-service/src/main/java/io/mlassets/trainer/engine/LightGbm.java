package io.mlassets.trainer.engine;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** LightGBM, deterministic: the same trees whatever the number of threads. */
public final class LightGbm implements TreeEngine {
  /** What may be searched or fixed beside {@code num_iterations}. */
  private static final Set<String> KNOWN =
      Set.of(
          "num_leaves",
          "max_depth",
          "learning_rate",
          "min_data_in_leaf",
          "min_sum_hessian_in_leaf",
          "min_gain_to_split",
          "lambda_l1",
          "lambda_l2",
          "feature_fraction",
          "bagging_fraction",
          "bagging_freq",
          "path_smooth",
          "cat_smooth",
          "cat_l2");

  @Override
  public EngineId id() {
    return EngineId.LIGHTGBM;
  }

  @Override
  public String version() {
    return LightGbmLibrary.load();
  }

  @Override
  public BinnedRows bin(TrainingRows rows, int threads) {
    return LightGbmRows.of(rows, threads);
  }

  @Override
  public BinnedRows binLike(TrainingRows rows, BinnedRows training, int threads) {
    return LightGbmRows.like(rows, own(training), threads);
  }

  @Override
  public GrowingTrees grow(
      BinnedRows rows,
      @Nullable BinnedRows scored,
      TreeParams params,
      Objective objective,
      long seed,
      int threads) {
    LightGbmRows binned = own(rows);
    String parameters = text(binned, TreeNumbers.of(params, KNOWN), objective, seed, threads);
    return LightGbmBooster.of(binned, scored == null ? null : own(scored), parameters);
  }

  private static LightGbmRows own(BinnedRows rows) {
    if (!(rows instanceof LightGbmRows binned)) {
      throw new IllegalArgumentException("rows were binned by another engine: " + rows);
    }
    return binned;
  }

  private static String text(
      LightGbmRows rows, TreeNumbers numbers, Objective objective, long seed, int threads) {
    StringBuilder text = new StringBuilder(LightGbmRows.settings(threads));
    text.append(" objective=").append(objective.wire()).append(" metric=none");
    text.append(" seed=").append(TreeNumbers.intSeed(seed));
    if (!rows.directions().isEmpty()) {
      text.append(" monotone_constraints=").append(rows.directions());
    }
    for (Map.Entry<String, String> number : numbers.texts().entrySet()) {
      text.append(' ').append(number.getKey()).append('=').append(number.getValue());
    }
    return text.toString();
  }
}
