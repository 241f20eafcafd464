package io.mlassets.bench.training;

import io.mlassets.bench.Report;
import io.mlassets.model.EngineId;
import io.mlassets.trainer.search.Goal;
import io.mlassets.trainer.search.Proposal;
import io.mlassets.trainer.search.SearchSpaces;
import io.mlassets.trainer.search.Study;
import io.mlassets.trainer.search.Trial;
import java.util.List;
import java.util.stream.IntStream;

/** What a search itself takes: trials of LightGBM's space whose objective costs nothing. */
final class Overhead {
  private static final int STUDIES = 9;

  /** Between trials that train, the JVM has long compiled the search: the first studies warm up. */
  private static final int WARM_UP = 20;

  private Overhead() {}

  /** Milliseconds per trial, median of several studies after some that are not counted. */
  static double perTrialMs(int trials) {
    return Report.median(
            IntStream.range(0, WARM_UP + STUDIES)
                .mapToDouble(seed -> seconds(seed, trials))
                .skip(WARM_UP)
                .toArray())
        * 1_000
        / trials;
  }

  private static double seconds(long seed, int trials) {
    Study study = new Study(SearchSpaces.of(EngineId.LIGHTGBM), Goal.MINIMISE, seed);
    long begun = System.nanoTime();
    for (int i = 0; i < trials; i++) {
      Proposal proposal = study.ask();
      double sum =
          proposal.params().values().values().stream().mapToDouble(Double::doubleValue).sum();
      study.tell(Trial.finished(proposal, sum, List.of(), 0));
    }
    return (System.nanoTime() - begun) / 1e9;
  }
}
