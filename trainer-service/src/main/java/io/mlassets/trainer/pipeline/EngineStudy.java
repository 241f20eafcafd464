package io.mlassets.trainer.pipeline;

import io.mlassets.model.EngineId;
import io.mlassets.model.ModelType;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.Choice;
import io.mlassets.trainer.search.Study;
import java.util.function.IntPredicate;

/**
 * All one engine tried for one model.
 *
 * @param engine the engine
 * @param key of its trials in {@code core.search_trials}
 * @param study its trials
 */
record EngineStudy(EngineId engine, String key, Study study) {

  /** The best of its trials by the folds asked alone. */
  Choice by(IntPredicate folds) {
    return Choice.of(study.trials(), folds)
        .orElseThrow(() -> new IllegalStateException(engine + ": no trial has finished"));
  }

  Recipe recipe(Choice choice) {
    return new Recipe(
        engine,
        choice.trial().params().with(TreeEngine.TREES, choice.trees()),
        study.seedOf(choice.trial().number()));
  }

  SearchHistory history(ModelType type) {
    return new SearchHistory(type, engine, key, study.trials(), by(fold -> true).trial().number());
  }
}
