package io.mlassets.trainer.pipeline;

import io.mlassets.model.TreeParams;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.engine.TrainedTrees;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.FoldTrials;
import io.mlassets.trainer.search.Goal;
import io.mlassets.trainer.search.RunStudy;
import io.mlassets.trainer.search.ScoredFold;
import io.mlassets.trainer.search.SearchSpaces;
import io.mlassets.trainer.search.Study;
import io.mlassets.trainer.search.Trial;
import io.mlassets.trainer.search.TrialLog;
import java.util.List;
import java.util.stream.IntStream;

/** Searches the parameters of one engine for one model by out-of-fold loss. */
final class SearchParameters {
  private final TreeEngine engine;
  private final Target target;
  private final List<FoldData> folds;
  private final Workers workers;

  SearchParameters(TreeEngine engine, Target target, List<FoldData> folds, Workers workers) {
    this.engine = engine;
    this.target = target;
    this.folds = folds;
    this.workers = workers;
  }

  /** Makes so many trials; {@code afterTrial} is told after each. */
  Searched search(long seed, int trials, String key, TrialLog log, Runnable afterTrial) {
    Study study =
        new Study(SearchSpaces.of(engine.id()), Goal.MINIMISE, seed, SearchSpaces.WINDOW, true);
    List<ScoredFold> scored = workers.map(folds, this::scored);
    try {
      FoldTrials attempt =
          new FoldTrials(engine, target.objective(), scored, SearchSpaces.PATIENCE);
      new RunStudy(study, SearchSpaces.PRUNER, log)
          .run(
              trials,
              workers,
              (proposal, isHopeless) -> {
                Trial trial = attempt.run(proposal, isHopeless);
                afterTrial.run();
                return trial;
              });
      Trial best = study.best().orElseThrow();
      return outOfFold(study, key, best, scored);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while searching", e);
    } finally {
      scored.forEach(ScoredFold::close);
    }
  }

  private ScoredFold scored(FoldData fold) {
    return fold.scored(engine, target);
  }

  /** The best trial once more, for scores that are exactly those of the trees walked in Java. */
  private Searched outOfFold(Study study, String key, Trial best, List<ScoredFold> scored) {
    TreeParams params = best.params().with(TreeEngine.TREES, best.trees());
    long seed = study.seedOf(best.number());
    double[] oof = new double[target.labels().length];
    double loss =
        workers
            .map(
                IntStream.range(0, folds.size()).boxed().toList(),
                k -> {
                  TrainedTrees trees =
                      engine.train(scored.get(k).train(), params, target.objective(), seed, 1);
                  double[] raw = trees.ensemble().rawAll(folds.get(k).test());
                  int[] test = folds.get(k).fold().test();
                  for (int i = 0; i < test.length; i++) {
                    oof[test[i]] = raw[i];
                  }
                  return target.loss(raw, test);
                })
            .stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow();
    return new Searched(
        engine.id(),
        params,
        seed,
        loss,
        oof,
        List.of(new SearchHistory(target.type(), engine.id(), key, study.trials(), best.number())));
  }
}
