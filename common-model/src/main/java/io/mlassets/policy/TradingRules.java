package io.mlassets.policy;

/**
 * The shape of one trade; features, labels, backtest and live decisions all use it.
 *
 * @param featureWindow bars in the rolling window of hedge ratio and z-score, at least 30
 * @param entryZ |z| from which an entry is considered
 * @param exitZ |z| at or below which the divergence has closed, in [0, entryZ)
 * @param stopZ |z| at or above which the trade is given up, above entryZ
 * @param holdingBars time barrier in bars, at least 2
 */
public record TradingRules(
    int featureWindow, double entryZ, double exitZ, double stopZ, int holdingBars) {

  /** Refuses values out of order with {@link IllegalArgumentException}. */
  public TradingRules {
    if (featureWindow < 30 || featureWindow > 10_000) {
      throw new IllegalArgumentException(
          "feature_window %d is not in [30, 10000]".formatted(featureWindow));
    }
    if (!(0 <= exitZ && exitZ < entryZ && entryZ < stopZ && stopZ <= 20)) {
      throw new IllegalArgumentException(
          "0 <= exit_z < entry_z < stop_z <= 20 does not hold for %s, %s, %s"
              .formatted(exitZ, entryZ, stopZ));
    }
    if (holdingBars < 2 || holdingBars > 10_000) {
      throw new IllegalArgumentException(
          "holding_bars %d is not in [2, 10000]".formatted(holdingBars));
    }
  }
}
