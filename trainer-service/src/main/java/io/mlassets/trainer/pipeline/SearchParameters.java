package io.mlassets.trainer.pipeline;

import io.mlassets.policy.SearchRules;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.FoldTrials;
import io.mlassets.trainer.search.Goal;
import io.mlassets.trainer.search.RunStudy;
import io.mlassets.trainer.search.ScoredFold;
import io.mlassets.trainer.search.SearchSpaces;
import io.mlassets.trainer.search.Study;
import io.mlassets.trainer.search.TrialLog;
import java.util.List;

/** Searches the parameters of one engine for one model by the loss on the folds' test rows. */
final class SearchParameters {
  private final TreeEngine engine;
  private final Target target;
  private final List<FoldData> folds;
  private final SearchRules rules;
  private final Workers workers;

  SearchParameters(
      TreeEngine engine, Target target, List<FoldData> folds, SearchRules rules, Workers workers) {
    this.engine = engine;
    this.target = target;
    this.folds = folds;
    this.rules = rules;
    this.workers = workers;
  }

  /** Makes so many trials; {@code afterTrial} is told after each. */
  EngineStudy search(long seed, int trials, String key, TrialLog log, Runnable afterTrial) {
    Study study =
        new Study(
            SearchSpaces.of(engine.id()),
            Goal.MINIMISE,
            seed,
            SearchSpaces.WINDOW,
            rules.multivariate());
    List<ScoredFold> scored = workers.map(folds, fold -> fold.scored(engine, target));
    try {
      FoldTrials attempt =
          new FoldTrials(engine, target.objective(), scored, SearchSpaces.PATIENCE, workers);
      new RunStudy(study, SearchSpaces.pruner(rules.pruning(), folds.size()), log)
          .run(trials, workers, attempt, afterTrial);
      return new EngineStudy(engine.id(), key, study);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while searching", e);
    } finally {
      scored.forEach(ScoredFold::close);
    }
  }
}
