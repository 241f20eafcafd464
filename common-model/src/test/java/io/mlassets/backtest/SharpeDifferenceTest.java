package io.mlassets.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-04")
class SharpeDifferenceTest {
  private static final Resampling RESAMPLING = new Resampling(2_000, 10, 0.95, 3);

  /** Two series with a correlation and one mean each, deviation 1. */
  private static double[][] series(int n, double correlation, double[] means, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] both = new double[2][n];
    for (int i = 0; i < n; i++) {
      double shared = random.nextGaussian();
      both[0][i] = means[0] + shared;
      both[1][i] =
          means[1]
              + correlation * shared
              + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return both;
  }

  @Test
  void the_interval_is_as_wide_as_memmels_standard_error_of_the_difference() {
    for (double correlation : new double[] {0, 0.6, 0.95}) {
      double[] means = {0.15, 0.1};
      double[][] both = series(5_000, correlation, means, 7);
      SharpeDifference difference = SharpeDifference.of(both[0], both[1], RESAMPLING);
      // Memmel (2003) for independent normal profits of deviation 1.
      double squares = means[0] * means[0] + means[1] * means[1];
      double cross = 2 * means[0] * means[1] * correlation * correlation;
      double error = Math.sqrt((2 - 2 * correlation + (squares - cross) / 2) / 5_000);
      assertThat((difference.high() - difference.low()) / 2)
          .as("correlation %s", correlation)
          .isCloseTo(1.645 * error, within(0.12 * error));
      assertThat(difference.difference()).isBetween(difference.low(), difference.high());
      assertThat(difference.difference())
          .isCloseTo(Sharpe.perBar(both[0]) - Sharpe.perBar(both[1]), within(1e-12));
    }
  }

  @Test
  void equal_worth_is_seldom_mistaken_for_a_difference() {
    int significant = 0;
    for (long seed = 0; seed < 300; seed++) {
      double[][] both = series(800, 0.8, new double[] {0.1, 0.1}, seed);
      Resampling quick = new Resampling(300, 10, 0.95, seed);
      significant += SharpeDifference.of(both[0], both[1], quick).low() > 0 ? 1 : 0;
    }
    assertThat(significant).isBetween(5, 27);
  }

  @Test
  void a_series_is_not_better_than_itself_and_one_without_trades_counts_as_zero() {
    double[] earns = series(400, 0, new double[] {0.2, 0}, 1)[0];
    assertThat(SharpeDifference.of(earns, earns.clone(), RESAMPLING))
        .isEqualTo(new SharpeDifference(0, 0, 0));
    assertThat(SharpeDifference.of(earns, new double[400], RESAMPLING).difference())
        .isEqualTo(Sharpe.perBar(earns), within(1e-12));
    assertThatThrownBy(() -> SharpeDifference.of(earns, new double[399], RESAMPLING))
        .hasMessageContaining("400 and 399");
  }
}
