package io.mlassets.bench.search;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Peers;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import io.mlassets.trainer.search.SearchSpaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/**
 * The best values the search finds, beside those of Optuna's TPE: with trials side by side, as it
 * is shipped, their medians have to be no worse.
 */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = "Best values of the search after 100 trials on five functions, beside Optuna's.")
public final class SearchBench extends Benchmark {
  private static final int TRIALS = 100;

  @Override
  protected Report measure(boolean quick) throws Exception {
    int seeds = quick ? 10 : 30;
    Peers peers = new Peers(directory());
    Table table =
        new Table(
            "Median best value after %d trials, %d seeds".formatted(TRIALS, seeds),
            "function",
            "trainer",
            "side by side",
            "Optuna");
    var fields = new LinkedHashMap<String, Object>();
    List<String> broken = new ArrayList<>();
    for (TestFunction function : TestFunction.values()) {
      String name = function.name().toLowerCase(Locale.ROOT);
      JsonNode theirs = peers.python("search.py", name, TRIALS, seeds);
      double ours = median(function, seeds, 1);
      double windowed = median(function, seeds, SearchSpaces.WINDOW);
      double optuna =
          Report.median(
              StreamSupport.stream(theirs.path("best").spliterator(), false)
                  .mapToDouble(JsonNode::asDouble)
                  .toArray());
      table.row(name, ours, windowed, optuna);
      // Written so that a median that is no number does not pass.
      if (!(windowed <= optuna)) {
        broken.add(
            "%s: the median of %s side by side is no worse than Optuna's %s"
                .formatted(name, windowed, optuna));
      }
      fields.put(
          name, Report.fields("ours", ours, "ours_side_by_side", windowed, "optuna", optuna));
    }
    return new Report(
        List.of(table), Report.fields("trials", TRIALS, "median_best", fields), broken);
  }

  private static double median(TestFunction function, int seeds, int window) {
    return Report.median(
        IntStream.range(0, seeds)
            .mapToDouble(seed -> function.best(TRIALS, seed, window))
            .toArray());
  }
}
