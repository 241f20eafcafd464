package io.mlassets.bench.training;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Peers;
import io.mlassets.bench.Report;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A search of LightGBM's parameters: the trainer beside Optuna. */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    description = "Parameter search beside Optuna with LightGBM in Python: time, score, memory.")
public final class TrainingBench extends Benchmark {
  private static final int OVERHEAD_TRIALS = 500;

  /** Rows are read piece by piece and live in native memory: little heap, little code. */
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-Xmx80m", "-Xmn12m", "-XX:ReservedCodeCacheSize=32m");

  private static final List<String> LARGE = List.of("-XX:+UseParallelGC", "-Xmx10g");

  @Option(names = "--rows", description = "default: 200000, with --quick 20000")
  private int rows;

  @Option(names = "--trials", description = "default: 50, with --quick 15")
  private int trials;

  @Option(names = "--threads", description = "of each side (default: ${DEFAULT-VALUE})")
  private int threads = 2;

  @Override
  protected Report measure(boolean quick) throws Exception {
    rows = rows > 0 ? rows : quick ? 20_000 : 200_000;
    trials = trials > 0 ? trials : quick ? 15 : 50;
    Dataset dataset = Dataset.in(directory(), rows);
    Peers peers = new Peers(directory());

    JsonNode ours = ours(dataset, "full");
    JsonNode oursPruned = ours(dataset, "pruned");
    JsonNode rebuilt = optuna(peers, dataset, "rebuild");
    JsonNode pruned = optuna(peers, dataset, "pruned");
    JsonNode reused = optuna(peers, dataset, "reused");
    double overhead = Overhead.perTrialMs(OVERHEAD_TRIALS);
    double theirs =
        peers
                .python("training.py", "-", 0, "overhead", OVERHEAD_TRIALS, 1)
                .path("seconds")
                .asDouble()
            * 1_000
            / OVERHEAD_TRIALS;
    int bars = quick ? 50_000 : 500_000;
    JsonNode grid = Peers.java(ThetaGridMain.class, LARGE, bars, 10, threads);
    TrainingFigures figures =
        new TrainingFigures(
            SearchRun.of(ours),
            SearchRun.of(oursPruned),
            SearchRun.of(rebuilt),
            SearchRun.of(pruned),
            SearchRun.of(reused),
            overhead,
            theirs,
            new TrainingFigures.Grid(
                grid.path("cells").asInt(),
                bars,
                grid.path("prepare_seconds").asDouble(),
                grid.path("cells_seconds").asDouble()));
    String search =
        "Search of %d trials, %d folds of %d rows x %d, LightGBM, %d threads"
            .formatted(trials, Dataset.FOLDS, rows, Dataset.COLUMNS, threads);
    return new Report(
        figures.tables(search, OVERHEAD_TRIALS),
        figures.fields(rows, trials, threads),
        figures.broken());
  }

  private JsonNode ours(Dataset dataset, String mode) throws Exception {
    System.out.println("  trainer, " + mode);
    return told(Peers.java(OursMain.class, SMALL, dataset.file(), rows, mode, trials, threads));
  }

  private JsonNode optuna(Peers peers, Dataset dataset, String mode) throws Exception {
    System.out.println("  Optuna, " + mode);
    return told(peers.python("training.py", dataset.file(), rows, mode, trials, threads));
  }

  /** At once: the whole takes the better part of an hour. */
  private static JsonNode told(JsonNode run) {
    System.out.println("    " + run);
    return run;
  }
}
