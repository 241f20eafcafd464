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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
    int threads = Integer.parseInt(args[4]);
    TreeEngine engine = TreeEngine.of(EngineId.LIGHTGBM);
    engine.version(); // Loads the library, as Python's imports are not timed either.
    double cpuBefore = Resources.ofThisProcess().cpuSeconds();
    long begun = System.nanoTime();
    Study study =
        new Study(
            SearchSpaces.of(EngineId.LIGHTGBM), Goal.MINIMISE, SEED, SearchSpaces.WINDOW, true);
    double auc;
    try (Workers workers = new Workers(threads)) {
      // One after the other: a fold's rows are needed in memory only while they are binned.
      List<ScoredFold> folds = new ArrayList<>();
      for (int k = 0; k < Dataset.FOLDS; k++) {
        folds.add(fold(dataset, engine, k, threads));
      }
      int patience = pruned ? SearchSpaces.PATIENCE : FoldTrials.NO_EARLY_STOPPING;
      new RunStudy(study, pruned ? SearchSpaces.PRUNER : new Pruner.Never(), TrialLog.none())
          .run(trials, workers, new FoldTrials(engine, Objective.BINARY, folds, patience, workers));
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
                    "cpu_seconds", Resources.ofThisProcess().cpuSeconds() - cpuBefore,
                    "trials_sha256", sha256(study.trials()),
                    "peak_mib", Resources.ofThisProcess().peakMemoryMib())));
  }

  /** The same for the same trials, to the last bit of each loss. */
  private static String sha256(List<Trial> trials) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256")
                .digest(trials.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static ScoredFold fold(Dataset dataset, TreeEngine engine, int k, int threads)
      throws IOException {
    int start = dataset.start(k);
    int end = dataset.start(k + 1);
    BinnedRows train =
        engine.bin(dataset.read(new int[] {0, start}, new int[] {end, dataset.rows()}), threads);
    TrainingRows test = dataset.read(new int[] {start, end});
    return new ScoredFold(train, engine.binLike(test, train, threads), test.labels());
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
