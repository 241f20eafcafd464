package io.mlassets.trainer.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A ROC curve thinned to what a chart can show.
 *
 * @param falsePositives share of zeros above a score, rising
 * @param truePositives share of ones above it
 */
@SuppressWarnings("ArrayRecordComponent") // drawn, never compared
record Roc(double[] falsePositives, double[] truePositives) {
  private static final int POINTS = 120;

  /** Equal scores are one step; both outcomes must be there. */
  static Roc of(double[] scores, double[] labels) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double ones = Arrays.stream(labels).sum();
    double zeros = labels.length - ones;
    double[] x = new double[POINTS + 2];
    double[] y = new double[POINTS + 2];
    int points = 1;
    double hits = 0;
    for (int i = 0; i < order.length; i++) {
      hits += labels[order[i]];
      boolean tied = i + 1 < order.length && scores[order[i + 1]] == scores[order[i]];
      boolean due = i + 1 >= (long) points * order.length / POINTS || i + 1 == order.length;
      if (!tied && due && points < POINTS + 2) {
        x[points] = (i + 1 - hits) / zeros;
        y[points] = hits / ones;
        points++;
      }
    }
    return new Roc(Arrays.copyOf(x, points), Arrays.copyOf(y, points));
  }
}
