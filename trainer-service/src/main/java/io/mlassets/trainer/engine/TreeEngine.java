package io.mlassets.trainer.engine;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import org.jspecify.annotations.Nullable;

/**
 * A native engine that trains trees. Same rows, parameters, seed and threads → same bytes.
 *
 * <p>One native thread is right for samples of some ten thousand rows: native threads meet at a
 * barrier after every step and on a busy machine wait there longer than they work (ten times and
 * more). Train folds or trials side by side instead; calls may run at the same time, on the same
 * binned rows too.
 */
public sealed interface TreeEngine permits LightGbm, XgBoost {
  /** Name of the parameter that counts trees. */
  String TREES = "num_iterations";

  /** The engine {@code id} names. */
  static TreeEngine of(EngineId id) {
    return switch (id) {
      case LIGHTGBM -> new LightGbm();
      case XGBOOST -> new XgBoost();
    };
  }

  /** Which engine this is. */
  EngineId id();

  /** The native library's version. */
  String version();

  /**
   * Bins rows once, to be trained on with many parameter sets: each fold once for all trials.
   *
   * @param rows training rows only: bins must not see validation rows
   * @param threads native threads, at least 1; close the result when done
   */
  BinnedRows bin(TrainingRows rows, int threads);

  /**
   * Rows to be scored while trees grow, put into the bins of the training rows.
   *
   * @param training this engine's, from {@link #bin}; must stay open as long as the result
   */
  BinnedRows binLike(TrainingRows rows, BinnedRows training, int threads);

  /**
   * Starts training on binned rows of this engine.
   *
   * @param scored rows to be scored on the way, from {@link #binLike}; null for none
   * @param params see {@code SearchSpaces}; {@link #TREES} is not obeyed here
   * @param seed of everything random in the engine
   */
  GrowingTrees grow(
      BinnedRows rows,
      @Nullable BinnedRows scored,
      TreeParams params,
      Objective objective,
      long seed,
      int threads);

  /** Grows as many trees as the parameters say. */
  default TrainedTrees train(
      BinnedRows rows, TreeParams params, Objective objective, long seed, int threads) {
    try (GrowingTrees growing = grow(rows, null, params, objective, seed, threads)) {
      growing.growTo((int) params.get(TREES));
      return growing.trees();
    }
  }

  /** Bins, trains, frees. */
  default TrainedTrees train(
      TrainingRows rows, TreeParams params, Objective objective, long seed, int threads) {
    try (BinnedRows binned = bin(rows, threads)) {
      return train(binned, params, objective, seed, threads);
    }
  }
}
