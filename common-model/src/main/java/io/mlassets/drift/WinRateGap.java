package io.mlassets.drift;

import io.mlassets.policy.DriftRules;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Live win rate against the backtest's.
 *
 * @param trades live trades
 * @param wins of which won
 * @param expected win rate of the backtest
 * @param gap {@code expected − live}; positive when live is worse; 0 without trades
 * @param pValue exact binomial probability of at most so many wins at the expected rate; 1 without
 *     trades
 * @param drifted whether the gap is above the policy's, after enough trades, and not luck ({@code
 *     pValue < 0.05})
 */
public record WinRateGap(
    int trades, int wins, double expected, double gap, double pValue, boolean drifted) {
  /** A gap less likely than this at the expected rate is not luck. */
  public static final double SIGNIFICANCE = 0.05;

  /** Compares. */
  public static WinRateGap of(int trades, int wins, double expected, DriftRules rules) {
    if (wins < 0 || wins > trades || !(expected >= 0 && expected <= 1)) {
      throw new IllegalArgumentException(
          "%d wins of %d trades at an expected rate of %s".formatted(wins, trades, expected));
    }
    if (trades == 0) {
      return new WinRateGap(0, 0, expected, 0, 1, false);
    }
    double gap = expected - (double) wins / trades;
    double pValue = BinomialDistribution.of(trades, expected).cumulativeProbability(wins);
    boolean drifted =
        trades >= rules.winRateMinTrades() && gap > rules.winRateGapMax() && pValue < SIGNIFICANCE;
    return new WinRateGap(trades, wins, expected, gap, pValue, drifted);
  }
}
