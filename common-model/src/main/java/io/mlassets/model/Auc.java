package io.mlassets.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve and its standard errors; rows sorted once by group and score. Only a
 * one and a zero of the same group are compared, so groups count by their number of such pairs.
 */
final class Auc {
  private final double[] scores;
  private final double[] labels;
  private final int[] groups;
  private final int[] order;
  private final int positives;

  private Auc(double[] scores, double[] labels, int[] groups) {
    this.scores = scores;
    this.labels = labels;
    this.groups = groups;
    positives = Labels01.positives(scores, labels);
    order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> groups[i])
                    .thenComparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  static Auc of(double[] scores, double[] labels) {
    return new Auc(scores, labels, new int[scores.length]);
  }

  static Auc within(double[] scores, double[] labels, int[] groups) {
    if (groups.length != scores.length) {
      throw new IllegalArgumentException(
          "%d groups for %d rows".formatted(groups.length, scores.length));
    }
    return new Auc(scores, labels, groups);
  }

  /**
   * Share of (one, zero) pairs of a group in which the one scores higher; ties count half. NaN when
   * no group has both.
   */
  double value() {
    int[] once = new int[scores.length];
    Arrays.fill(once, 1);
    return weighted(once);
  }

  /**
   * DeLong's variance: of the placements of the ones among the zeros plus of the zeros among the
   * ones, each over its count. NaN with fewer than two of either. For one group only.
   */
  double deLongStandardError() {
    double zeros = labels.length - positives;
    double zerosBelow = 0;
    double onesBelow = 0;
    double onesSum = 0;
    double onesSquares = 0;
    double zerosSum = 0;
    double zerosSquares = 0;
    for (int i = 0; i < order.length; ) {
      int end = endOfTie(i);
      double tiedOnes = 0;
      for (int j = i; j < end; j++) {
        tiedOnes += labels[order[j]];
      }
      double tiedZeros = end - i - tiedOnes;
      double ofOne = (zerosBelow + tiedZeros / 2) / zeros;
      double ofZero = 1 - (onesBelow + tiedOnes / 2) / positives;
      onesSum += tiedOnes * ofOne;
      onesSquares += tiedOnes * ofOne * ofOne;
      zerosSum += tiedZeros * ofZero;
      zerosSquares += tiedZeros * ofZero * ofZero;
      zerosBelow += tiedZeros;
      onesBelow += tiedOnes;
      i = end;
    }
    double ofOnes = (onesSquares - onesSum * onesSum / positives) / (positives - 1.0);
    double ofZeros = (zerosSquares - zerosSum * zerosSum / zeros) / (zeros - 1);
    return Math.sqrt(Math.max(0, ofOnes / positives + ofZeros / zeros));
  }

  /** Standard deviation of the AUC over resamples of whole blocks. */
  double blockStandardError(long[] blocks, int resamples, long seed) {
    if (blocks.length != scores.length || resamples < 2) {
      throw new IllegalArgumentException(
          "%d blocks for %d rows, %d resamples".formatted(blocks.length, scores.length, resamples));
    }
    Map<Long, Integer> numbers = new HashMap<>();
    int[] block = new int[blocks.length];
    for (int i = 0; i < blocks.length; i++) {
      block[i] = numbers.computeIfAbsent(blocks[i], b -> numbers.size());
    }
    SplittableRandom random = new SplittableRandom(seed);
    double sum = 0;
    double squares = 0;
    int counted = 0;
    for (int resample = 0; resample < resamples; resample++) {
      double auc = weighted(drawn(block, numbers.size(), random));
      if (!Double.isNaN(auc)) {
        sum += auc;
        squares += auc * auc;
        counted++;
      }
    }
    return Math.sqrt(Math.max(0, (squares - sum * sum / counted) / (counted - 1)));
  }

  private static int[] drawn(int[] block, int blocks, SplittableRandom random) {
    int[] times = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      times[random.nextInt(blocks)]++;
    }
    int[] weights = new int[block.length];
    for (int i = 0; i < block.length; i++) {
      weights[i] = times[block[i]];
    }
    return weights;
  }

  private double weighted(int[] weights) {
    double ones = 0;
    double zeros = 0;
    double wins = 0;
    double pairs = 0;
    for (int i = 0; i < order.length; ) {
      int end = endOfTie(i);
      double tiedOnes = 0;
      double tiedZeros = 0;
      for (int j = i; j < end; j++) {
        int row = order[j];
        if (labels[row] == 1) {
          tiedOnes += weights[row];
        } else {
          tiedZeros += weights[row];
        }
      }
      wins += tiedOnes * (zeros + tiedZeros / 2);
      ones += tiedOnes;
      zeros += tiedZeros;
      i = end;
      if (i == order.length || groups[order[i]] != groups[order[i - 1]]) {
        pairs += ones * zeros;
        ones = 0;
        zeros = 0;
      }
    }
    return wins / pairs;
  }

  private int endOfTie(int from) {
    int end = from + 1;
    while (end < order.length
        && scores[order[end]] == scores[order[from]]
        && groups[order[end]] == groups[order[from]]) {
      end++;
    }
    return end;
  }
}
