package io.mlassets.drift;

import io.mlassets.policy.DriftRules;

/**
 * Live win rate against the backtest's.
 *
 * @param trades live trades
 * @param wins of which won
 * @param expected win rate of the backtest
 * @param gap {@code expected − live}; positive when live is worse; 0 without trades
 * @param pValue exact binomial probability of at most so many wins at the expected rate
 * @param drifted whether the gap is above the policy's, after enough trades, and not luck
 */
public record WinRateGap(
    int trades, int wins, double expected, double gap, double pValue, boolean drifted) {

  /** Compares. */
  public static WinRateGap of(int trades, int wins, double expected, DriftRules rules) {
    throw new UnsupportedOperationException("not yet: " + trades + wins + expected + rules);
  }
}
