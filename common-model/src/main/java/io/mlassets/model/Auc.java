package io.mlassets.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The area under the ROC curve and its standard errors; rows sorted once by score. */
final class Auc {
  private final double[] scores;
  private final double[] labels;
  private final int[] order;
  private final int positives;

  private Auc(double[] scores, double[] labels) {
    this.scores = scores;
    this.labels = labels;
    positives = Labels01.positives(scores, labels);
    order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  static Auc of(double[] scores, double[] labels) {
    return new Auc(scores, labels);
  }

  /** Share of (one, zero) pairs in which the one scores higher; ties count half. */
  double value() {
    int[] once = new int[scores.length];
    Arrays.fill(once, 1);
    return weighted(once);
  }

  /**
   * DeLong's variance: of the placements of the ones among the zeros plus of the zeros among the
   * ones, each over its count. NaN with fewer than two of either.
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
    }
    return wins / (ones * zeros);
  }

  private int endOfTie(int from) {
    int end = from + 1;
    while (end < order.length && scores[order[end]] == scores[order[from]]) {
      end++;
    }
    return end;
  }
}
