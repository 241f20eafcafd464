package io.mlassets.backtest;

import java.util.SplittableRandom;

/** Prefix sums of a circular series, so that a block costs the same whatever its length. */
final class BlockSums {
  private final int n;
  private final int block;
  private final double[] sums;
  private final double[] squares;

  BlockSums(double[] pnl, int blockBars) {
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

  /** Where the blocks of a resample as long as the series start; the last one may be cut. */
  int[] draw(SplittableRandom random) {
    int[] starts = new int[(n + block - 1) / block];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = random.nextInt(n);
    }
    return starts;
  }

  /** Per-bar ratio of the series made of the blocks from these starts; 0 without variance. */
  double sharpe(int[] starts) {
    double sum = 0;
    double square = 0;
    int drawn = 0;
    for (int start : starts) {
      int length = Math.min(block, n - drawn);
      sum += sums[start + length] - sums[start];
      square += squares[start + length] - squares[start];
      drawn += length;
    }
    double mean = sum / n;
    Double ratio = Sharpe.ratio(mean, (square - n * mean * mean) / (n - 1));
    return ratio == null ? 0 : ratio;
  }
}
