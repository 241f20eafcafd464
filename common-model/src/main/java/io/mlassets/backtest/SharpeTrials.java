package io.mlassets.backtest;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * All that was tried before one result was shown.
 *
 * @param count trials made, at least 1
 * @param meanCorrelation average correlation between two trials' profits, in [0, 1]
 * @param variance variance of the trials' per-bar Sharpe ratios
 */
public record SharpeTrials(int count, double meanCorrelation, double variance) {
  private static final double EULER_MASCHERONI = 0.577_215_664_901_532_9;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public SharpeTrials {
    if (count < 1
        || !(meanCorrelation >= 0 && meanCorrelation <= 1)
        || !(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%d trials, mean correlation %s, variance %s: out of range"
              .formatted(count, meanCorrelation, variance));
    }
  }

  /**
   * Independent trials these are worth: {@code ρ̄ + (1 − ρ̄) M} (Bailey and López de Prado 2014,
   * appendix A.3).
   */
  public double effective() {
    return meanCorrelation + (1 - meanCorrelation) * count;
  }

  /**
   * The per-bar Sharpe ratio to be expected of the best of so many trials without any skill (ibid.,
   * equation 1); 0 for a single one.
   */
  public double expectedMaximum() {
    double trials = effective();
    if (trials <= 1) {
      return 0;
    }
    double first = NORMAL.inverseCumulativeProbability(1 - 1 / trials);
    double second = NORMAL.inverseCumulativeProbability(1 - 1 / (trials * Math.E));
    return Math.max(
        0, Math.sqrt(variance) * ((1 - EULER_MASCHERONI) * first + EULER_MASCHERONI * second));
  }
}
