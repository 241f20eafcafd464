package io.mlassets.trainer.pipeline;

import io.mlassets.model.EngineId;
import io.mlassets.model.TreeParams;
import java.util.List;

/**
 * The best parameters found for one model.
 *
 * @param engine the engine
 * @param params its parameters
 * @param seed the engine's seed of that trial
 * @param loss mean out-of-fold loss
 * @param oof raw out-of-fold scores, one per row
 * @param histories of the searches made for it
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the array; never compared
record Searched(
    EngineId engine,
    TreeParams params,
    long seed,
    double loss,
    double[] oof,
    List<SearchHistory> histories) {

  /** Trials made, those of losing engines too. */
  int trials() {
    return histories.stream().mapToInt(history -> history.trials().size()).sum();
  }
}
