package io.mlassets.backtest;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * A Sharpe ratio as a statistic: how far to trust it, given the track record's length and shape.
 * Ratios are per bar, not annualised. Sources: Bailey and López de Prado, "The Sharpe Ratio
 * Efficient Frontier" (2012), and "The Deflated Sharpe Ratio" (2014).
 *
 * @param perBar mean over sample standard deviation of the profit per bar
 * @param bars length of the record, at least 2
 * @param skewness third standardised moment
 * @param kurtosis fourth standardised moment, 3 for normal profits
 */
public record SharpeEstimate(double perBar, int bars, double skewness, double kurtosis) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Refuses fewer than two bars and what is not finite with {@link IllegalArgumentException}. */
  public SharpeEstimate {
    if (bars < 2 || !Double.isFinite(perBar + skewness + kurtosis)) {
      throw new IllegalArgumentException(
          "Sharpe ratio %s over %d bars, skewness %s, kurtosis %s: not finite or too short"
              .formatted(perBar, bars, skewness, kurtosis));
    }
  }

  /** The estimate of a series of profits; null when nothing varies. */
  public static @Nullable SharpeEstimate of(double[] pnl) {
    Double perBar = Sharpe.perBar(pnl);
    if (perBar == null) {
      return null;
    }
    double mean = 0;
    for (double value : pnl) {
      mean += value / pnl.length;
    }
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (double value : pnl) {
      double off = value - mean;
      second += off * off / pnl.length;
      third += off * off * off / pnl.length;
      fourth += off * off * off * off / pnl.length;
    }
    return new SharpeEstimate(
        perBar, pnl.length, third / Math.pow(second, 1.5), fourth / (second * second));
  }

  /**
   * Probabilistic Sharpe ratio: the confidence that the true ratio lies above a benchmark.
   *
   * @param benchmark per bar
   */
  public double probabilityAbove(double benchmark) {
    return NORMAL.cumulativeProbability(
        (perBar - benchmark) * Math.sqrt(bars - 1) / Math.sqrt(variance()));
  }

  /**
   * Deflated Sharpe ratio: the probabilistic one against what the best of many worthless trials
   * would be expected to show.
   */
  public double deflated(SharpeTrials trials) {
    return probabilityAbove(trials.expectedMaximum());
  }

  /**
   * Minimum track record length: bars needed to say with a confidence that the true ratio lies
   * above a benchmark; infinite when the estimate does not.
   *
   * @param benchmark per bar
   * @param confidence one-sided, in (0.5, 1)
   */
  public double minimumTrackRecord(double benchmark, double confidence) {
    if (!(perBar > benchmark)) {
      return Double.POSITIVE_INFINITY;
    }
    double needed = NORMAL.inverseCumulativeProbability(confidence) / (perBar - benchmark);
    return 1 + variance() * needed * needed;
  }

  /** Of the estimate, times bars less one; never below a small positive number. */
  private double variance() {
    return Math.max(1e-12, 1 - skewness * perBar + (kurtosis - 1) / 4 * perBar * perBar);
  }
}
