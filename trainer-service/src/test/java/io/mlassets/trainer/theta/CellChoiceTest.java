package io.mlassets.trainer.theta;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.CellFigures;
import io.mlassets.policy.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cells over four years, so that the standard error of a Sharpe ratio is 0.5. */
@Tag("R-04")
class CellChoiceTest {
  private static final Range ANY = new Range(0, 1);

  private final List<CellFigures> figures =
      new ArrayList<>(Collections.nCopies(25, cell(0.0, 100, 0.5)));
  private final double[] smoothed = new double[25];

  @Test
  void the_smoothed_surface_decides_not_a_cells_own_figure() {
    figures.set(3, cell(9.0, 100, 0.5));
    smoothed[7] = 2;
    assertThat(best(ANY)).isEqualTo(7);
  }

  @Test
  void among_cells_within_one_standard_error_the_one_that_trades_most_is_taken() {
    for (int i = 0; i < 25; i++) {
      smoothed[i] = 2 - 0.2 * i;
      figures.set(i, cell(1.0, 50 + 10 * i, 0.5));
    }
    // 2.0, 1.8 and 1.6 are within 0.5 of the best.
    assertThat(best(ANY)).isEqualTo(2);
  }

  @Test
  void a_worse_cell_is_not_taken_for_its_trades() {
    figures.set(24, cell(-3.0, 9_000, 0.5));
    smoothed[24] = -3;
    smoothed[0] = 4;
    assertThat(best(ANY)).isZero();
  }

  @Test
  void cells_outside_the_wanted_pass_rate_are_not_taken_while_one_is_inside() {
    Collections.fill(figures, cell(5.0, 500, 0.9));
    Arrays.fill(smoothed, 5);
    figures.set(12, cell(0.2, 31, 0.3));
    smoothed[12] = 0.2;
    CellChoice choice = new CellChoice(figures, smoothed, new Range(0.05, 0.40));
    assertThat(choice.reachable()).isTrue();
    assertThat(choice.best()).hasValue(12);
  }

  @Test
  void an_unreachable_pass_rate_is_said_and_does_not_prevent_a_choice() {
    CellChoice choice = new CellChoice(figures, smoothed, new Range(0.05, 0.40));
    assertThat(choice.reachable()).isFalse();
    assertThat(choice.best()).isPresent();
  }

  @Test
  void cells_with_a_handful_of_lucky_trades_are_not_judged_by_them() {
    figures.set(0, cell(80.0, 3, 0.5));
    smoothed[0] = 80;
    assertThat(best(ANY)).isNotZero();
  }

  @Test
  void where_every_cell_trades_little_the_one_that_trades_most_is_taken() {
    Collections.fill(figures, cell(null, 0, 0.5));
    figures.set(9, cell(-1.0, 7, 0.5));
    figures.set(16, cell(9.0, 6, 0.5));
    assertThat(best(ANY)).isEqualTo(9);
  }

  @Test
  void without_a_single_trade_there_is_nothing_to_take() {
    Collections.fill(figures, cell(null, 0, null));
    assertThat(new CellChoice(figures, smoothed, ANY).best()).isEmpty();
  }

  @Test
  @Tag("V-04")
  void where_no_wanted_cell_trades_the_nearest_wanted_one_is_known() {
    Collections.fill(figures, cell(2.0, 500, 0.9));
    figures.set(4, cell(null, 0, 0.3));
    figures.set(11, cell(null, 0, 0.2));
    CellChoice choice = new CellChoice(figures, smoothed, new Range(0.05, 0.40));
    assertThat(choice.best()).isEmpty();
    assertThat(choice.nearest(i -> Math.abs(i - 9))).hasValue(11);
    assertThat(new CellChoice(figures, smoothed, new Range(0, 0.1)).nearest(i -> i)).isEmpty();
  }

  private int best(Range passRate) {
    return new CellChoice(figures, smoothed, passRate).best().orElseThrow();
  }

  private static CellFigures cell(@Nullable Double sharpe, int trades, @Nullable Double passRate) {
    return new CellFigures(sharpe, trades, passRate, 0.0, 4.0);
  }
}
