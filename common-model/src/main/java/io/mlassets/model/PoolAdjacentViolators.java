package io.mlassets.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The pool-adjacent-violators algorithm behind {@link Isotonic}. */
final class PoolAdjacentViolators {
  private final double[] first;
  private final double[] last;
  private final double[] sum;
  private final double[] weight;
  private int blocks;

  private PoolAdjacentViolators(int rows) {
    first = new double[rows];
    last = new double[rows];
    sum = new double[rows];
    weight = new double[rows];
  }

  static Isotonic fit(double[] raw, double[] labels) {
    int[] order =
        IntStream.range(0, raw.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> raw[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    PoolAdjacentViolators pool = new PoolAdjacentViolators(raw.length);
    for (int i = 0; i < order.length; ) {
      // + 0.0 makes one of the two zeros, which compare equal as numbers but not as knots.
      double score = raw[order[i]] + 0.0;
      double ones = 0;
      int from = i;
      while (i < order.length && raw[order[i]] == score) {
        ones += labels[order[i++]];
      }
      pool.add(score, ones, i - from);
    }
    return pool.knots();
  }

  private void add(double score, double ones, double rows) {
    first[blocks] = score;
    last[blocks] = score;
    sum[blocks] = ones;
    weight[blocks] = rows;
    blocks++;
    while (blocks > 1 && mean(blocks - 2) >= mean(blocks - 1)) {
      last[blocks - 2] = last[blocks - 1];
      sum[blocks - 2] += sum[blocks - 1];
      weight[blocks - 2] += weight[blocks - 1];
      blocks--;
    }
  }

  private double mean(int block) {
    return sum[block] / weight[block];
  }

  private Isotonic knots() {
    double[] x = new double[2 * blocks];
    double[] y = new double[2 * blocks];
    int n = 0;
    for (int block = 0; block < blocks; block++) {
      x[n] = first[block];
      y[n++] = mean(block);
      if (last[block] > first[block]) {
        x[n] = last[block];
        y[n++] = mean(block);
      }
    }
    return Isotonic.ofKnots(Arrays.copyOf(x, n), Arrays.copyOf(y, n), n);
  }
}
