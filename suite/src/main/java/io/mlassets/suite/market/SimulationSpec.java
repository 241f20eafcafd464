package io.mlassets.suite.market;

import io.mlassets.market.BarInterval;

/**
 * What to simulate. The same spec gives the same bars, bit for bit.
 *
 * @param pairs number of pairs, 1 to 99; symbols {@code SIM01A, SIM01B, SIM02A, …}
 * @param bars bars per symbol, at least 2
 * @param interval length of a bar; the process is defined per bar
 * @param edge annual Sharpe ratio, after costs, of a trader who knows the true process and trades
 *     ten pairs of one-minute bars; 0 means that no spread reverts
 * @param seed decides everything, the calendar included
 */
public record SimulationSpec(int pairs, int bars, BarInterval interval, double edge, long seed) {
  /**
   * The frozen default edge, chosen from theory before any model was tried on it: a learner that
   * keeps a quarter of what the oracle has should show, over 20,000 one-minute bars (0.056 years),
   * a t-statistic 3.1 standard errors beyond the 1.645 of 95 % confidence; {@code (1.645 + 3.1) /
   * (0.25 · √0.056) = 80}.
   */
  public static final double DEFAULT_EDGE = 80;

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public SimulationSpec {
    require(pairs >= 1 && pairs <= 99, "pairs", pairs, "in [1, 99]");
    require(bars >= 2 && bars <= 5_000_000, "bars", bars, "in [2, 5000000]");
    require(edge >= 0 && edge <= 130, "edge", edge, "in [0, 130]");
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "simulation: %s %s is not %s".formatted(key, value, expected));
    }
  }
}
