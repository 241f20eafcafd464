package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the outputs of one model lay in purged cross-validation, as the order statistics of blocks
 * of time over all pairs: a block counts by its least and its greatest output. However much the
 * outputs of one block depend on each other, a further block that is exchangeable with the m
 * measured has an output outside of {@code [low, high]} with a probability of at most {@code 2 rank
 * / (m + 1)} ({@link #expected()}); quantiles of single outputs would promise no such thing.
 *
 * @param blocks blocks m measured, at least 1
 * @param rank k: {@code low} is the k-th least of the blocks' least outputs, {@code high} the k-th
 *     greatest of their greatest
 * @param min least output of all, in [0, 1]
 * @param low lower end, in [min, high]
 * @param high upper end, in [low, max]
 * @param max greatest output of all, in [0, 1]
 */
public record OutputRange(
    @JsonProperty("blocks") int blocks,
    @JsonProperty("rank") int rank,
    @JsonProperty("min") double min,
    @JsonProperty("low") double low,
    @JsonProperty("high") double high,
    @JsonProperty("max") double max) {
  /** Of so many blocks one may lie beyond either end. */
  private static final int BLOCKS_PER_RANK = 100;

  /**
   * What an output may be beyond an end: less than decisions care for, more than the curve fitted
   * to all rows differs from those fitted without a fold where both are flat.
   */
  private static final double SLACK = 0.01;

  /** Refuses what no measurement gives with {@link IllegalArgumentException}. */
  public OutputRange {
    if (rank < 1 || rank > blocks) {
      throw new IllegalArgumentException(
          "output range: rank %d of %d blocks".formatted(rank, blocks));
    }
    if (!(0 <= min && min <= low && low <= high && high <= max && max <= 1)) {
      throw new IllegalArgumentException(
          "output range: min %s, low %s, high %s, max %s do not rise within [0, 1]"
              .formatted(min, low, high, max));
    }
  }

  /**
   * Measures outputs.
   *
   * @param outputs in [0, 1], at least one
   * @param blockOf the block of each
   */
  public static OutputRange of(double[] outputs, long[] blockOf) {
    if (outputs.length == 0 || outputs.length != blockOf.length) {
      throw new IllegalArgumentException(
          "%d outputs in %d blocks".formatted(outputs.length, blockOf.length));
    }
    Map<Long, Double> least = new HashMap<>();
    Map<Long, Double> greatest = new HashMap<>();
    for (int i = 0; i < outputs.length; i++) {
      least.merge(blockOf[i], outputs[i], Math::min);
      greatest.merge(blockOf[i], outputs[i], Math::max);
    }
    double[] lows = sorted(least);
    double[] highs = sorted(greatest);
    int blocks = lows.length;
    int rank = Math.max(1, blocks / BLOCKS_PER_RANK);
    return new OutputRange(
        blocks, rank, lows[0], lows[rank - 1], highs[blocks - rank], highs[blocks - 1]);
  }

  private static double[] sorted(Map<Long, Double> byBlock) {
    double[] values = byBlock.values().stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(values);
    return values;
  }

  /** Bound of the probability that a block has an output outside, in (0, 1]. */
  public double expected() {
    return Math.min(1, 2.0 * rank / (blocks + 1.0));
  }

  /** Least output that is not outside. */
  public double from() {
    return low - SLACK;
  }

  /** Greatest output that is not outside. */
  public double to() {
    return high + SLACK;
  }

  /** Whether an output is outside; NaN is. */
  public boolean isOutside(double output) {
    return !(output >= from() && output <= to());
  }
}
