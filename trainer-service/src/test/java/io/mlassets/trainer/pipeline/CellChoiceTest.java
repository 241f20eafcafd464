package io.mlassets.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.policy.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Grids of 5 × 5 cells over four years, so that the standard error of a Sharpe ratio is 0.5. */
@Tag("R-04")
class CellChoiceTest {
  private static final int WIDTH = 5;
  private static final double ROOT_OF_YEARS = 2;
  private static final Range ANY = new Range(0, 1);

  private final List<BacktestMetrics> figures =
      new ArrayList<>(Collections.nCopies(WIDTH * WIDTH, cell(0.0, 100, 0.5)));

  @Test
  void a_plateau_beats_a_lonely_peak() {
    figures.set(at(0, 0), cell(4.0, 100, 0.5));
    for (int row = 2; row <= 4; row++) {
      for (int column = 2; column <= 4; column++) {
        figures.set(at(row, column), cell(2.5, 100, 0.5));
      }
    }

    assertThat(best(ANY)).isEqualTo(at(3, 3));
  }

  @Test
  void among_cells_within_one_standard_error_the_one_that_trades_most_is_taken() {
    for (int row = 0; row < WIDTH; row++) {
      for (int column = 0; column < WIDTH; column++) {
        figures.set(at(row, column), cell(2 - 0.4 * row, 50 + 10 * row, 0.5));
      }
    }

    // Means with neighbours are 1.8, 1.6, 1.2, 0.8, 0.6: rows 0 and 1 are within 0.5 of the best.
    assertThat(best(ANY)).isEqualTo(at(1, 0));
  }

  @Test
  void a_worse_cell_is_not_taken_for_its_trades() {
    figures.set(at(4, 4), cell(-3.0, 9_000, 0.5));
    figures.set(at(0, 0), cell(12.0, 40, 0.5));

    assertThat(best(ANY)).isEqualTo(at(0, 0));
  }

  @Test
  void cells_outside_the_wanted_pass_rate_are_not_taken_while_one_is_inside() {
    for (int i = 0; i < figures.size(); i++) {
      figures.set(i, cell(5.0, 500, 0.1));
    }
    figures.set(at(2, 2), cell(0.2, 31, 0.7));

    CellChoice choice = new CellChoice(figures, WIDTH, new Range(0.05, 0.40));

    assertThat(choice.reachable()).isTrue();
    assertThat(choice.best()).hasValue(at(2, 2));
  }

  @Test
  void an_unreachable_pass_rate_is_said_and_does_not_prevent_a_choice() {
    CellChoice choice = new CellChoice(figures, WIDTH, new Range(0.05, 0.40));

    assertThat(choice.reachable()).isFalse();
    assertThat(choice.best()).isPresent();
  }

  @Test
  void cells_with_a_handful_of_lucky_trades_are_not_judged_by_them() {
    figures.set(at(0, 0), cell(80.0, 3, 0.5));

    assertThat(best(ANY)).isNotEqualTo(at(0, 0));
  }

  @Test
  void where_every_cell_trades_little_the_one_that_trades_most_is_taken() {
    Collections.fill(figures, cell(null, 0, 0.5));
    figures.set(at(1, 4), cell(-1.0, 7, 0.5));
    figures.set(at(3, 1), cell(9.0, 6, 0.5));

    assertThat(best(ANY)).isEqualTo(at(1, 4));
  }

  @Test
  void without_a_single_trade_there_is_nothing_to_take() {
    Collections.fill(figures, cell(null, 0, null));

    assertThat(new CellChoice(figures, WIDTH, ANY).best()).isEmpty();
  }

  private int best(Range passRate) {
    return new CellChoice(figures, WIDTH, passRate).best().orElseThrow();
  }

  private static int at(int row, int column) {
    return row * WIDTH + column;
  }

  private static BacktestMetrics cell(
      @Nullable Double sharpe, int trades, @Nullable Double noTradeRate) {
    Double tStat = sharpe == null ? null : sharpe * ROOT_OF_YEARS;
    return new BacktestMetrics(
        sharpe, null, null, tStat, 0.5, 0.0, 0.1, trades, noTradeRate, 98_280);
  }
}
