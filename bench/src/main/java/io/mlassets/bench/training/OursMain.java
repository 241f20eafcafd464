package io.mlassets.bench.training;

import io.mlassets.bench.Report;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.engine.BinnedRows;
import io.mlassets.trainer.engine.TrainingRows;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.run.Resources;
import io.mlassets.trainer.search.FoldTrials;
import io.mlassets.trainer.search.Goal;
import io.mlassets.trainer.search.Pruner;
import io.mlassets.trainer.search.RunStudy;
import io.mlassets.trainer.search.ScoredFold;
import io.mlassets.trainer.search.SearchSpaces;
import io.mlassets.trainer.search.Study;
import io.mlassets.trainer.search.Trial;
import io.mlassets.trainer.search.TrialLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our side, in a process of its own so that its memory can be told: {@code FILE ROWS MODE TRIALS
 * THREADS}, mode {@code full} or {@code pruned}; prints one line of JSON as the peers do.
 */
public final class OursMain {
  private static final long SEED = 1;

  private OursMain() {}

  /** Runs one study. */
  public static void main(String[] args) throws Exception {
    Dataset dataset = new Dataset(Path.of(args[0]), Integer.parseInt(args[1]));
    boolean pruned = args[2].equals("pruned");
    int trials = Integer.parseInt(args[3]);
    TreeEngine engine = TreeEngine.of(EngineId.LIGHTGBM);
    engine.version(); // Loads the library, as Python's imports are not timed either.
    long begun = System.nanoTime();
    Study study =
        new Study(
            SearchSpaces.of(EngineId.LIGHTGBM), Goal.MINIMISE, SEED, SearchSpaces.WINDOW, true);
    double auc;
    try (Workers workers = new Workers(Integer.parseInt(args[4]))) {
      List<ScoredFold> folds =
          workers.map(
              IntStream.range(0, Dataset.FOLDS).boxed().toList(), k -> fold(dataset, engine, k));
      int patience = pruned ? SearchSpaces.PATIENCE : FoldTrials.NO_EARLY_STOPPING;
      new RunStudy(study, pruned ? SearchSpaces.PRUNER : new Pruner.Never(), TrialLog.none())
          .run(trials, workers, new FoldTrials(engine, Objective.BINARY, folds, patience));
      auc = auc(study, study.best().orElseThrow(), engine, folds, workers);
      folds.forEach(ScoredFold::close);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.println(
        JsonMapper.shared()
            .writeValueAsString(
                Report.fields(
                    "seconds", seconds,
                    "best_auc", auc,
                    "best_loss", study.best().orElseThrow().value(),
                    "pruned", study.trials().stream().filter(Trial::pruned).count(),
                    "peak_mib", Resources.ofThisProcess().peakMemoryMib())));
  }

  private static ScoredFold fold(Dataset dataset, TreeEngine engine, int k) {
    try {
      BinnedRows train =
          engine.bin(
              dataset.read(
                  new int[] {0, dataset.start(k)},
                  new int[] {dataset.start(k + 1), dataset.rows()}),
              1);
      TrainingRows test = dataset.read(new int[] {dataset.start(k), dataset.start(k + 1)});
      return new ScoredFold(train, engine.binLike(test, train, 1), test.labels());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mean over the folds of what the best trial's models score. */
  private static double auc(
      Study study, Trial best, TreeEngine engine, List<ScoredFold> folds, Workers workers) {
    return workers
        .map(
            folds,
            fold -> {
              try (var growing =
                  engine.grow(
                      fold.train(),
                      fold.test(),
                      best.params(),
                      Objective.BINARY,
                      study.seedOf(best.number()),
                      1)) {
                growing.growTo(best.trees());
                return ClassificationMetrics.of(growing.scores(), fold.labels()).auc();
              }
            })
        .stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }
}
