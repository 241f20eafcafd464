package io.mlassets.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E-01")
class SharpeEstimateTest {

  /** The numerical example of Bailey and López de Prado, "The Deflated Sharpe Ratio" (2014). */
  @Test
  void the_deflated_sharpe_ratio_is_that_of_its_papers_example() {
    double variance = 0.5 / 250;
    SharpeEstimate strategy = new SharpeEstimate(2.5 / Math.sqrt(250), 1_250, -3, 10);
    SharpeTrials hundred = new SharpeTrials(100, 0, variance);
    assertThat(hundred.expectedMaximum()).isCloseTo(0.1132, within(5e-5));
    assertThat(strategy.deflated(hundred)).isCloseTo(0.9004, within(5e-5));
    assertThat(strategy.deflated(new SharpeTrials(46, 0, variance)))
        .isCloseTo(0.9505, within(5e-5));
    SharpeEstimate normal = new SharpeEstimate(2.5 / Math.sqrt(250), 1_250, 0, 3);
    assertThat(normal.deflated(new SharpeTrials(88, 0, variance))).isCloseTo(0.9505, within(5e-5));
  }

  /** Bailey and López de Prado, "The Sharpe Ratio Efficient Frontier" (2012). */
  @Test
  void the_minimum_track_record_is_that_of_its_papers_example() {
    assertThat(years(250, 0, 3)).isCloseTo(2.73, within(5e-3));
    assertThat(years(52, 0, 3)).isCloseTo(2.83, within(5e-3));
    assertThat(years(12, 0, 3)).isCloseTo(3.24, within(5e-3));
    assertThat(years(12, -0.72, 5.78)).isCloseTo(4.99, within(5e-3));
  }

  /** To say at 95 % that an annual ratio of 2 is above 1. */
  private static double years(int barsPerYear, double skewness, double kurtosis) {
    double year = Math.sqrt(barsPerYear);
    return new SharpeEstimate(2 / year, 100, skewness, kurtosis).minimumTrackRecord(1 / year, 0.95)
        / barsPerYear;
  }

  @Test
  void a_record_of_the_minimum_length_has_just_the_confidence_asked_for() {
    SharpeEstimate shown = new SharpeEstimate(0.08, 500, -0.4, 6);
    int bars = (int) Math.round(shown.minimumTrackRecord(0.02, 0.975));
    assertThat(new SharpeEstimate(0.08, bars, -0.4, 6).probabilityAbove(0.02))
        .isCloseTo(0.975, within(1e-3));
    assertThat(shown.minimumTrackRecord(0.09, 0.95)).isInfinite();
  }

  @Test
  void the_best_of_many_worthless_trials_is_as_high_as_expected() {
    SplittableRandom random = new SplittableRandom(5);
    int trials = 50;
    int rounds = 4_000;
    double sum = 0;
    for (int round = 0; round < rounds; round++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int trial = 0; trial < trials; trial++) {
        best = Math.max(best, 0.03 * random.nextGaussian());
      }
      sum += best;
    }
    assertThat(new SharpeTrials(trials, 0, 0.03 * 0.03).expectedMaximum())
        .isCloseTo(sum / rounds, within(0.001));
  }

  @Test
  void correlated_trials_count_for_fewer() {
    assertThat(new SharpeTrials(100, 0.25, 1).effective()).isCloseTo(75.25, within(1e-12));
    assertThat(new SharpeTrials(100, 1, 1).expectedMaximum()).isZero();
    assertThat(new SharpeTrials(1, 0, 1).expectedMaximum()).isZero();
  }

  /** Against {@code scipy.stats.skew} and {@code kurtosis(fisher=False)}. */
  @Test
  void the_moments_are_those_of_the_series() {
    SharpeEstimate estimate = SharpeEstimate.of(new double[] {1, 2, 3, 10});
    assertThat(estimate).isNotNull();
    assertThat(estimate.skewness()).isCloseTo(1.0182337649086284, within(1e-12));
    assertThat(estimate.kurtosis()).isCloseTo(2.2304, within(1e-12));
    assertThat(estimate.perBar()).isCloseTo(0.9797958971132712, within(1e-12));
    assertThat(SharpeEstimate.of(new double[] {1, 1, 1})).isNull();
    assertThatThrownBy(() -> new SharpeEstimate(Double.NaN, 10, 0, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
