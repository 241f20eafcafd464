package io.mlassets.bench.training;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, ours beside theirs.
 *
 * @param ours every trial whole
 * @param oursPruned trials given up early
 * @param rebuilt Optuna, datasets built anew for each trial, no pruning
 * @param pruned the same with its median pruner
 * @param reused Optuna with datasets built once
 * @param overheadMs of our search alone, a trial
 * @param theirOverheadMs of Optuna's
 * @param grid of thresholds
 */
record TrainingFigures(
    SearchRun ours,
    SearchRun oursPruned,
    SearchRun rebuilt,
    SearchRun pruned,
    SearchRun reused,
    double overheadMs,
    double theirOverheadMs,
    Grid grid) {
  private static final double MOST_OF_REBUILT = 0.9;
  private static final double MOST_OF_PRUNED = 0.6;
  private static final double AUC_TOLERANCE = 0.002;
  private static final double MOST_OF_OVERHEAD = 1.0 / 50;
  private static final double MOST_GRID_SECONDS = 5;

  /**
   * The threshold grid.
   *
   * @param cells of it
   * @param bars of each pair
   * @param prepareSeconds what became of every candidate, before the first cell
   * @param cellsSeconds all cells
   */
  record Grid(int cells, int bars, double prepareSeconds, double cellsSeconds) {

    double seconds() {
      return prepareSeconds + cellsSeconds;
    }
  }

  List<Table> tables(String title, int overheadTrials) {
    Table search =
        new Table(title, "who", "seconds", "ratio", "CPU s", "best AUC", "pruned", "peak MiB");
    row(search, "trainer", ours, rebuilt);
    row(search, "Optuna, datasets rebuilt", rebuilt, rebuilt);
    row(search, "Optuna, datasets reused", reused, rebuilt);
    row(search, "trainer, pruned", oursPruned, pruned);
    row(search, "Optuna, median pruner", pruned, pruned);
    Table sampler =
        new Table("Search alone, %d trials".formatted(overheadTrials), "who", "ms/trial", "ratio")
            .row("trainer", overheadMs, overheadMs / theirOverheadMs)
            .row("Optuna", theirOverheadMs, 1.0);
    Table theta =
        new Table(
                "Threshold grid over 10 pairs",
                "cells",
                "bars per pair",
                "prepare s",
                "cells s",
                "seconds")
            .row(
                grid.cells(),
                grid.bars(),
                grid.prepareSeconds(),
                grid.cellsSeconds(),
                grid.seconds());
    return List.of(search, sampler, theta);
  }

  private static void row(Table table, String who, SearchRun run, SearchRun against) {
    table.row(
        who,
        run.seconds(),
        run.seconds() / against.seconds(),
        run.cpuSeconds(),
        run.auc(),
        run.pruned(),
        run.peakMib());
  }

  SequencedMap<String, @Nullable Object> fields(int rows, int trials, int threads) {
    return Report.fields(
        "rows", rows,
        "trials", trials,
        "threads", threads,
        "ours_s", ours.seconds(),
        "ours_pruned_s", oursPruned.seconds(),
        "optuna_s", rebuilt.seconds(),
        "optuna_pruned_s", pruned.seconds(),
        "optuna_reused_s", reused.seconds(),
        "best_auc",
            Report.fields(
                "ours", ours.auc(),
                "ours_pruned", oursPruned.auc(),
                "optuna", rebuilt.auc(),
                "optuna_pruned", pruned.auc()),
        "overhead_per_trial_ms", Report.fields("ours", overheadMs, "optuna", theirOverheadMs),
        "theta_grid_s", grid.seconds(),
        "theta_prepare_s", grid.prepareSeconds(),
        "theta_grid_bars", grid.bars(),
        "cpu_s",
            Report.fields(
                "ours", ours.cpuSeconds(),
                "ours_pruned", oursPruned.cpuSeconds(),
                "optuna", rebuilt.cpuSeconds(),
                "optuna_pruned", pruned.cpuSeconds(),
                "optuna_reused", reused.cpuSeconds()),
        "peak_mib", Report.fields("ours", ours.peakMib(), "optuna", rebuilt.peakMib()));
  }

  /** What is asked of them and does not hold. */
  List<String> broken() {
    return new Bounds()
        .atMost(
            "the search takes %.2f of Optuna's time, at most %.2f",
            ours.seconds() / rebuilt.seconds(), MOST_OF_REBUILT)
        .atMost(
            "the pruned search takes %.2f of Optuna's time, at most %.2f",
            oursPruned.seconds() / pruned.seconds(), MOST_OF_PRUNED)
        .atMost(
            "the pruned search's best AUC is %.4f below Optuna's, at most %.4f",
            pruned.auc() - oursPruned.auc(), AUC_TOLERANCE)
        .atMost(
            "the search needs %.2f of Optuna's memory, at most %.2f",
            ours.peakMib() / rebuilt.peakMib(), 1)
        .atMost(
            "a trial costs %.4f of Optuna's overhead, at most %.4f",
            overheadMs / theirOverheadMs, MOST_OF_OVERHEAD)
        .atMost("the threshold grid takes %.2f s, at most %.2f", grid.seconds(), MOST_GRID_SECONDS)
        .broken();
  }
}
