package io.mlassets.trainer.pipeline;

import io.mlassets.model.EngineId;
import io.mlassets.model.ModelType;
import io.mlassets.trainer.search.FoldTrials;
import io.mlassets.trainer.search.Trial;
import java.util.List;

/**
 * Every trial of one engine for one model, pruned ones too: each counts against luck.
 *
 * @param model the model
 * @param engine the engine
 * @param study key of its trials in {@code core.search_trials}
 * @param trials by number; their values are mean losses, and steps are tenths of a trial's trees,
 *     fold after fold
 * @param best number of the trial taken
 */
public record SearchHistory(
    ModelType model, EngineId engine, String study, List<Trial> trials, int best) {

  /** Copies. */
  public SearchHistory {
    trials = List.copyOf(trials);
  }

  /** Models that could have been taken: a finished trial at each number of trees, a pruned once. */
  public int looks() {
    return trials.stream().mapToInt(trial -> trial.pruned() ? 1 : FoldTrials.RUNGS).sum();
  }
}
