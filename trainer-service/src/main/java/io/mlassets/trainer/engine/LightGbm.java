package io.mlassets.trainer.engine;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;

/** LightGbm. */
public final class LightGbm implements TreeEngine {

  @Override
  public EngineId id() {
    return EngineId.LIGHTGBM;
  }

  @Override
  public String version() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public BinnedRows bin(TrainingRows rows, int threads) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public TrainedTrees train(
      BinnedRows rows, TreeParams params, Objective objective, long seed, int threads) {
    throw new UnsupportedOperationException("not yet");
  }
}
