package io.mlassets.bench.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("Q-02")
class TrainingFiguresTest {

  private static TrainingFigures figures(
      double seconds, double auc, double peak, double overhead, double grid) {
    return new TrainingFigures(
        new SearchRun(seconds, 2 * seconds, 0.672, 0, peak),
        new SearchRun(0.6 * seconds, seconds, auc, 29, peak),
        new SearchRun(100, 200, 0.672, 0, 370),
        new SearchRun(90, 180, 0.672, 20, 400),
        new SearchRun(95, 190, 0.672, 0, 400),
        overhead,
        50,
        new TrainingFigures.Grid(676, 500_000, 1, grid - 1));
  }

  @Test
  void each_bound_that_is_broken_is_named_with_its_figure() {
    assertThat(figures(90, 0.6701, 370, 1, 5).broken()).isEmpty();
    assertThat(figures(91, 0.6699, 371, 1.1, 5.1).broken())
        .satisfiesExactly(
            line -> assertThat(line).contains("0.91 of Optuna's time", "0.90"),
            line -> assertThat(line).contains("pruned", "0.61 of Optuna's time", "0.60"),
            line -> assertThat(line).contains("0.0021 below"),
            line -> assertThat(line).contains("1.00 of Optuna's memory"),
            line -> assertThat(line).contains("0.0220 of Optuna's overhead"),
            line -> assertThat(line).contains("5.10 s"));
  }

  @Test
  void the_report_has_the_names_of_the_design() {
    assertThat(figures(90, 0.672, 370, 1, 5).fields(200_000, 50, 2))
        .containsEntry("ours_s", 90.0)
        .containsEntry("optuna_reused_s", 95.0)
        .containsEntry("theta_grid_s", 5.0)
        .containsKeys("best_auc", "overhead_per_trial_ms", "cpu_s", "peak_mib");
  }

  @Test
  void tables_set_each_search_against_its_own_peer() {
    List<String> lines =
        figures(90, 0.672, 370, 1, 5).tables("t", 500).getFirst().text().lines().toList();
    assertThat(lines).anyMatch(line -> line.contains("trainer ") && line.contains("0.9000"));
    assertThat(lines).anyMatch(line -> line.contains("trainer, pruned") && line.contains("0.6000"));
  }
}
