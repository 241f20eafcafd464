package io.mlassets.backtest;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Circular moving-block bootstrap (Politis and Romano 1992) of the per-bar Sharpe ratio: blocks of
 * consecutive bars keep what dependence there is within a trade. Prefix sums make a block cost the
 * same whatever its length.
 */
final class BlockBootstrap {
  private final int n;
  private final int block;
  private final double[] sums;
  private final double[] squares;

  BlockBootstrap(double[] pnl, int blockBars) {
    n = pnl.length;
    block = Math.min(blockBars, n);
    sums = new double[n + block + 1];
    squares = new double[n + block + 1];
    for (int i = 0; i < n + block; i++) {
      double value = pnl[i % n];
      sums[i + 1] = sums[i] + value;
      squares[i + 1] = squares[i] + value * value;
    }
  }

  /** Sorted per-bar Sharpe ratios of the resamples; those without variance count as 0. */
  double[] sharpes(int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] ratios = new double[replicates];
    for (int r = 0; r < replicates; r++) {
      ratios[r] = resample(random);
    }
    Arrays.sort(ratios);
    return ratios;
  }

  private double resample(SplittableRandom random) {
    double sum = 0;
    double square = 0;
    for (int drawn = 0; drawn < n; drawn += block) {
      int length = Math.min(block, n - drawn);
      int start = random.nextInt(n);
      sum += sums[start + length] - sums[start];
      square += squares[start + length] - squares[start];
    }
    double mean = sum / n;
    Double ratio = Sharpe.ratio(mean, (square - n * mean * mean) / (n - 1));
    return ratio == null ? 0 : ratio;
  }

  /** The value a share of the sorted values lies below (linear interpolation). */
  static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
