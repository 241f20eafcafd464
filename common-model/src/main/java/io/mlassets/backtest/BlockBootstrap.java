package io.mlassets.backtest;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Circular moving-block bootstrap (Politis and Romano 1992) of the per-bar Sharpe ratio: blocks of
 * consecutive bars keep what dependence there is within a trade.
 */
final class BlockBootstrap {
  private final BlockSums sums;

  BlockBootstrap(double[] pnl, int blockBars) {
    sums = new BlockSums(pnl, blockBars);
  }

  /** Sorted per-bar Sharpe ratios of the resamples; those without variance count as 0. */
  double[] sharpes(int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] ratios = new double[replicates];
    for (int r = 0; r < replicates; r++) {
      ratios[r] = sums.sharpe(sums.draw(random));
    }
    Arrays.sort(ratios);
    return ratios;
  }

  /** The value a share of the sorted values lies below (linear interpolation). */
  static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
