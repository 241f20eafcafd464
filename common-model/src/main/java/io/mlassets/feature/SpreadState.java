package io.mlassets.feature;

/**
 * The spread of a pair at the close of one bar, with the reference it is measured by. The spread is
 * {@code s = ln A − β ln B}; β, mean and deviation are rolling estimates made at that close.
 *
 * <p>A state is also a frozen reference: {@link #zScore(SpreadState)} measures a later close with
 * this state's β, mean and deviation, which is how labels, exits and the backtest follow a trade.
 *
 * @param logA natural logarithm of the first leg's close
 * @param logB natural logarithm of the second leg's close
 * @param beta hedge ratio: units of ln B per unit of ln A
 * @param mean mean of the spread over the window, log price
 * @param deviation standard deviation of the spread over the window, log price; 0 in a flat market
 */
public record SpreadState(double logA, double logB, double beta, double mean, double deviation) {

  /** Refuses what is not finite and a negative deviation with {@link IllegalArgumentException}. */
  public SpreadState {
    if (!Double.isFinite(logA + logB + beta + mean) || !(deviation >= 0)) {
      throw new IllegalArgumentException(
          "spread state is not finite: ln A %s, ln B %s, beta %s, mean %s, deviation %s"
              .formatted(logA, logB, beta, mean, deviation));
    }
  }

  /** The spread {@code ln A − β ln B} at this close. */
  public double spread() {
    return logA - beta * logB;
  }

  /** How many deviations the spread is from its mean; 0 when the market is flat. */
  public double zScore() {
    return zScore(this);
  }

  /** The z-score of another close, measured with this state's β, mean and deviation. */
  public double zScore(SpreadState at) {
    return zScore(at.logA, at.logB);
  }

  /** The z-score of a pair of log prices, measured with this state's β, mean and deviation. */
  public double zScore(double otherLogA, double otherLogB) {
    return deviation > 0 ? (otherLogA - beta * otherLogB - mean) / deviation : 0;
  }
}
