package io.mlassets.trainer.engine;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;

/**
 * A native engine that trains trees. Same rows, parameters, seed and threads → same bytes.
 *
 * <p>One native thread is right for samples of some ten thousand rows: native threads meet at a
 * barrier after every step and on a busy machine wait there longer than they work (ten times and
 * more). Train folds side by side instead; calls with different rows may run at the same time.
 */
public sealed interface TreeEngine permits LightGbm, XgBoost {

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
   * Trains on binned rows of this engine. One call at a time per {@code rows}.
   *
   * @param params see {@code SearchSpaces}; the key {@code num_iterations} counts trees
   * @param seed of everything random in the engine
   */
  TrainedTrees train(
      BinnedRows rows, TreeParams params, Objective objective, long seed, int threads);

  /** Bins, trains, frees. */
  default TrainedTrees train(
      TrainingRows rows, TreeParams params, Objective objective, long seed, int threads) {
    try (BinnedRows binned = bin(rows, threads)) {
      return train(binned, params, objective, seed, threads);
    }
  }
}
