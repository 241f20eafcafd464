package io.mlassets.backtest;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * By how much the Sharpe ratio of one series of profits is above that of another over the same
 * bars, and how sure one can be: a paired circular moving-block bootstrap (Ledoit and Wolf 2008, on
 * robust tests with the Sharpe ratio). Every resample takes the same blocks of both, so that what
 * the two have in common cannot pass for a difference.
 *
 * @param difference per bar, a series without variance counts as 0
 * @param low lower end of its one-sided interval
 * @param high upper end
 */
public record SharpeDifference(double difference, double low, double high) {

  /**
   * The difference of two series over the same bars.
   *
   * @param one profits per bar
   * @param other profits per bar, as many
   * @param resampling confidence of each end alone
   */
  public static SharpeDifference of(double[] one, double[] other, Resampling resampling) {
    if (one.length != other.length || one.length < 2) {
      throw new IllegalArgumentException(
          "%d and %d bars cannot be compared pair by pair".formatted(one.length, other.length));
    }
    BlockSums first = new BlockSums(one, resampling.blockBars());
    BlockSums second = new BlockSums(other, resampling.blockBars());
    SplittableRandom random = new SplittableRandom(resampling.seed());
    double[] differences = new double[resampling.replicates()];
    for (int r = 0; r < differences.length; r++) {
      int[] starts = first.draw(random);
      differences[r] = first.sharpe(starts) - second.sharpe(starts);
    }
    Arrays.sort(differences);
    int[] whole = {0};
    return new SharpeDifference(
        new BlockSums(one, one.length).sharpe(whole)
            - new BlockSums(other, other.length).sharpe(whole),
        BlockBootstrap.quantile(differences, 1 - resampling.confidence()),
        BlockBootstrap.quantile(differences, resampling.confidence()));
  }
}
