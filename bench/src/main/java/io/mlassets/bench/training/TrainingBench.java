package io.mlassets.bench.training;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Peers;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
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

    JsonNode grid = Peers.java(ThetaGridMain.class, LARGE, quick ? 50_000 : 500_000, 10, threads);

    Table search =
        new Table(
            "Search of %d trials, %d folds of %d rows x %d, LightGBM, %d threads"
                .formatted(trials, Dataset.FOLDS, rows, Dataset.COLUMNS, threads),
            "who",
            "seconds",
            "ratio",
            "CPU s",
            "best AUC",
            "pruned",
            "peak MiB");
    row(search, "trainer", ours, rebuilt);
    row(search, "Optuna, datasets rebuilt", rebuilt, rebuilt);
    row(search, "Optuna, datasets reused", reused, rebuilt);
    row(search, "trainer, pruned", oursPruned, pruned);
    row(search, "Optuna, median pruner", pruned, pruned);
    Table sampler =
        new Table("Search alone, %d trials".formatted(OVERHEAD_TRIALS), "who", "ms/trial", "ratio")
            .row("trainer", overhead, overhead / theirs)
            .row("Optuna", theirs, 1.0);
    Table theta =
        new Table("Threshold grid over 10 pairs", "cells", "bars per pair", "prepare s", "seconds")
            .row(
                grid.path("cells").asInt(),
                quick ? 50_000 : 500_000,
                grid.path("prepare_seconds").asDouble(),
                seconds(grid));
    return new Report(
        List.of(search, sampler, theta),
        Report.fields(
            "rows", rows,
            "trials", trials,
            "threads", threads,
            "ours_s", seconds(ours),
            "ours_pruned_s", seconds(oursPruned),
            "optuna_s", seconds(rebuilt),
            "optuna_pruned_s", seconds(pruned),
            "optuna_reused_s", seconds(reused),
            "best_auc",
                Report.fields(
                    "ours", auc(ours),
                    "ours_pruned", auc(oursPruned),
                    "optuna", auc(rebuilt),
                    "optuna_pruned", auc(pruned)),
            "overhead_per_trial_ms", Report.fields("ours", overhead, "optuna", theirs),
            "theta_grid_s", seconds(grid),
            "theta_prepare_s", grid.path("prepare_seconds").asDouble(),
            "theta_grid_bars", quick ? 50_000 : 500_000,
            "cpu_s",
                Report.fields(
                    "ours", ours.path("cpu_seconds").asDouble(),
                    "ours_pruned", oursPruned.path("cpu_seconds").asDouble(),
                    "optuna", rebuilt.path("cpu_seconds").asDouble(),
                    "optuna_pruned", pruned.path("cpu_seconds").asDouble(),
                    "optuna_reused", reused.path("cpu_seconds").asDouble()),
            "peak_mib",
                Report.fields(
                    "ours", ours.path("peak_mib").asDouble(),
                    "optuna", rebuilt.path("peak_mib").asDouble())));
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

  private static void row(Table table, String who, JsonNode run, JsonNode against) {
    table.row(
        who,
        seconds(run),
        seconds(run) / seconds(against),
        run.path("cpu_seconds").asDouble(),
        auc(run),
        run.path("pruned").asInt(),
        run.path("peak_mib").asDouble());
  }

  private static double seconds(JsonNode run) {
    return run.path("seconds").asDouble();
  }

  private static double auc(JsonNode run) {
    return run.path("best_auc").asDouble();
  }
}
