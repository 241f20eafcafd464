package io.mlassets.trainer.pipeline;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import io.mlassets.trainer.engine.TrainedTrees;
import io.mlassets.trainer.engine.TrainingRows;
import io.mlassets.trainer.engine.TreeEngine;

/**
 * All it takes to train trees on given rows.
 *
 * @param engine the engine
 * @param params its parameters, the number of trees among them
 * @param seed the engine's seed
 */
record Recipe(EngineId engine, TreeParams params, long seed) {

  TrainedTrees train(TrainingRows rows, Objective objective) {
    return TreeEngine.of(engine).train(rows, params, objective, seed, 1);
  }
}
