package io.mlassets.bench.honesty;

import io.mlassets.backtest.SharpeTrials;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What theory expects: with N effective trials and Y years, a strategy of annual Sharpe ratio S
 * passes the deflated ratio's limit c with a probability of {@code Φ((S − SR₀) √Y − Φ⁻¹(c))}, where
 * {@code SR₀ √Y} is the expected maximum of N standard normals.
 */
final class Theory {
  /** The power asked for. */
  static final double POWER = 0.8;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Theory() {}

  /** Probability that a strategy is told from luck. */
  static double power(double sharpe, double effectiveTrials, double years, double least) {
    return NORMAL.cumulativeProbability(
        sharpe * Math.sqrt(years)
            - luck(effectiveTrials)
            - NORMAL.inverseCumulativeProbability(least));
  }

  /** Years until that is {@value #POWER}; without end when nothing is earned. */
  static double years(double sharpe, double effectiveTrials, double least) {
    double needed =
        luck(effectiveTrials)
            + NORMAL.inverseCumulativeProbability(least)
            + NORMAL.inverseCumulativeProbability(POWER);
    return sharpe > 0 ? Math.pow(needed / sharpe, 2) : Double.POSITIVE_INFINITY;
  }

  /** Most successes to be seen of so many tries with 95 % confidence. */
  static int atMost(int tries, double probability) {
    return BinomialDistribution.of(tries, probability).inverseCumulativeProbability(0.95);
  }

  private static double luck(double effectiveTrials) {
    int trials = (int) Math.max(1, Math.round(effectiveTrials));
    return new SharpeTrials(trials, 0, 1).expectedMaximum();
  }
}
