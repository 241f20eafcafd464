package io.mlassets.backtest;

/**
 * How the confidence interval of the Sharpe ratio is made: circular moving-block bootstrap (Politis
 * and Romano 1992) of the per-bar profit.
 *
 * @param replicates number of resamples, at least 100
 * @param blockBars length of a block in bar times, at least 1; longer than trades last
 * @param confidence one-sided confidence of each end, in (0.5, 1)
 * @param seed seed of the draws
 */
public record Resampling(int replicates, int blockBars, double confidence, long seed) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public Resampling {
    if (replicates < 100 || blockBars < 1) {
      throw new IllegalArgumentException(
          "replicates %d must be at least 100 and block %d at least 1"
              .formatted(replicates, blockBars));
    }
    if (!(confidence > 0.5 && confidence < 1)) {
      throw new IllegalArgumentException("confidence %s is not in (0.5, 1)".formatted(confidence));
    }
  }
}
