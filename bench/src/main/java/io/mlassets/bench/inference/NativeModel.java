package io.mlassets.bench.inference;

import io.mlassets.model.EngineId;

/** A model in the library of the engine that trained it. */
sealed interface NativeModel extends AutoCloseable permits NativeLightGbm, NativeXgBoost {

  /** Loads a model from the engine's own text. */
  static NativeModel of(EngineId engine, String text, int columns) {
    return switch (engine) {
      case LIGHTGBM -> NativeLightGbm.of(text, columns);
      case XGBOOST -> NativeXgBoost.of(text, columns);
    };
  }

  /** Raw scores of all rows of a row-major matrix, on one thread. */
  double[] raw(double[] rowMajor);

  @Override
  void close();
}
