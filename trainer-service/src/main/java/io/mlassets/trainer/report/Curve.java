package io.mlassets.trainer.report;

import io.mlassets.backtest.PnlSeries;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Cumulated profit over time, thinned to what a chart can show: the lowest and highest point of
 * each of equal stretches, so that no fall is lost.
 *
 * @param times seconds since 1970
 * @param equity cumulated profit
 * @param drawdown distance from the peak so far, not positive
 */
@SuppressWarnings("ArrayRecordComponent") // drawn, never compared
record Curve(double[] times, double[] equity, double[] drawdown) {
  private static final int STRETCHES = 300;

  static Curve of(PnlSeries series) {
    double[] equity = series.copy();
    Arrays.parallelPrefix(equity, Double::sum);
    double[] drawdown = new double[equity.length];
    double peak = 0;
    for (int i = 0; i < equity.length; i++) {
      peak = Math.max(peak, equity[i]);
      drawdown[i] = equity[i] - peak;
    }
    int[] kept = kept(equity);
    return new Curve(
        Arrays.stream(kept).mapToDouble(i -> series.ts(i).getEpochSecond()).toArray(),
        Arrays.stream(kept).mapToDouble(i -> equity[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> drawdown[i]).toArray());
  }

  private static int[] kept(double[] equity) {
    int size = equity.length;
    if (size <= 2 * STRETCHES) {
      return IntStream.range(0, size).toArray();
    }
    IntStream.Builder kept = IntStream.builder();
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      int from = (int) ((long) stretch * size / STRETCHES);
      int to = (int) ((long) (stretch + 1) * size / STRETCHES);
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        low = equity[i] < equity[low] ? i : low;
        high = equity[i] > equity[high] ? i : high;
      }
      kept.add(Math.min(low, high)).add(Math.max(low, high));
    }
    kept.add(size - 1);
    return kept.build().distinct().toArray();
  }

  double lowest() {
    return Math.min(0, Arrays.stream(equity).min().orElse(0));
  }

  double highest() {
    return Math.max(0, Arrays.stream(equity).max().orElse(0));
  }

  double deepest() {
    return Math.min(0, Arrays.stream(drawdown).min().orElse(0));
  }
}
