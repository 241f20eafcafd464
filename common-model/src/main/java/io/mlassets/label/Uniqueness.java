package io.mlassets.label;

import io.mlassets.market.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Average uniqueness of labels (AFML ch. 4): over the time a label looks at, the mean of one over
 * the number of labels of the same pair that look at that moment too. A label alone has 1; of n
 * that all span the same time each has 1/n.
 *
 * <p>Labels of different pairs do not share uniqueness: they are made of different prices, and a
 * moment at which many pairs diverge would otherwise count as one. That they are correlated is the
 * business of folds and bootstrap blocks, which are cut through all pairs at once.
 */
public final class Uniqueness {
  private Uniqueness() {}

  /** One share per label, in (0, 1], in the labels' order. */
  public static double[] of(List<Label> labels) {
    Map<Pair, List<Integer>> byPair = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      byPair.computeIfAbsent(labels.get(i).pair(), pair -> new ArrayList<>()).add(i);
    }
    double[] shares = new double[labels.size()];
    byPair.values().forEach(rows -> ofPair(labels, rows, shares));
    return shares;
  }

  private static void ofPair(List<Label> labels, List<Integer> rows, double[] shares) {
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (int row : rows) {
      changes.merge(from(labels.get(row)), 1, Integer::sum);
      changes.merge(to(labels.get(row)), -1, Integer::sum);
    }
    // Between two changes the number of labels is constant: sums of time over number up to each.
    Map<Long, Double> until = HashMap.newHashMap(changes.size());
    double sum = 0;
    int open = 0;
    long last = changes.firstKey();
    for (Map.Entry<Long, Integer> change : changes.entrySet()) {
      sum += open == 0 ? 0 : (change.getKey() - last) / (double) open;
      open += change.getValue();
      last = change.getKey();
      until.put(last, sum);
    }
    for (int row : rows) {
      Label label = labels.get(row);
      double shared = until.getOrDefault(to(label), 0.0) - until.getOrDefault(from(label), 0.0);
      shares[row] = shared / (to(label) - from(label));
    }
  }

  private static long from(Label label) {
    return label.ts().getEpochSecond();
  }

  private static long to(Label label) {
    return label.labelEndTs().getEpochSecond();
  }
}
