package io.mlassets.label;

import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Average uniqueness of labels (AFML ch. 4): over the bars a label spans, from the one decided on
 * to the last one looked at, the mean of one over the number of labels of the same pair that span
 * that bar too. A label alone has 1; of n that all span the same bars each has 1/n. Bars of the
 * pair are counted, not hours: a weekend within a label weighs nothing.
 *
 * <p>Labels of different pairs do not share uniqueness: they are made of different prices, and a
 * moment at which many pairs diverge would otherwise count as one. That they are correlated is the
 * business of folds and bootstrap blocks, which are cut through all pairs at once.
 */
public final class Uniqueness {
  private Uniqueness() {}

  /**
   * One share per label, in (0, 1], in the labels' order.
   *
   * @param bars starts of each pair's bars, ascending
   * @throws IllegalArgumentException if a label spans no bar of its pair
   */
  public static double[] of(List<Label> labels, Map<Pair, List<Instant>> bars) {
    Map<Pair, List<Integer>> byPair = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      byPair.computeIfAbsent(labels.get(i).pair(), pair -> new ArrayList<>()).add(i);
    }
    double[] shares = new double[labels.size()];
    byPair.forEach(
        (pair, rows) -> ofPair(labels, rows, bars.getOrDefault(pair, List.of()), shares));
    return shares;
  }

  private static void ofPair(
      List<Label> labels, List<Integer> rows, List<Instant> bars, double[] shares) {
    long[] starts = bars.stream().mapToLong(Instant::getEpochSecond).toArray();
    int[] changes = new int[starts.length + 1];
    for (int row : rows) {
      changes[from(labels.get(row), starts)]++;
      changes[to(labels.get(row), starts)]--;
    }
    double[] until = new double[starts.length + 1];
    int open = 0;
    for (int bar = 0; bar < starts.length; bar++) {
      open += changes[bar];
      until[bar + 1] = until[bar] + (open == 0 ? 0 : 1.0 / open);
    }
    for (int row : rows) {
      int from = from(labels.get(row), starts);
      int to = to(labels.get(row), starts);
      if (from == to) {
        throw new IllegalArgumentException("no bar of its pair within " + labels.get(row));
      }
      shares[row] = (until[to] - until[from]) / (to - from);
    }
  }

  private static int from(Label label, long[] starts) {
    return firstFrom(label.ts(), starts);
  }

  private static int to(Label label, long[] starts) {
    return firstFrom(label.labelEndTs(), starts);
  }

  /** Index of the first bar that starts then or later. */
  private static int firstFrom(Instant time, long[] starts) {
    int found = Arrays.binarySearch(starts, time.getEpochSecond());
    return found >= 0 ? found : -found - 1;
  }
}
