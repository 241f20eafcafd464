package io.mlassets.bench.inference;

import java.util.Arrays;

/**
 * One row after the other, microseconds a row, each timed alone and never seen before: the clock's
 * own few hundredths of a microsecond count for both sides.
 *
 * @param oursP50 median
 * @param oursP99 99th percentile
 * @param nativeP50 median of the native call prepared for single rows
 * @param nativeP99 its 99th percentile
 */
record SingleTimes(double oursP50, double oursP99, double nativeP50, double nativeP99) {

  static SingleTimes measured(Plan plan, TrainedModel model) {
    double[] warm = MadeRows.MARKET.rows(plan.singleRows(), 8).rowMajor();
    double[] rows = MadeRows.MARKET.rows(plan.singleRows(), 9).rowMajor();
    int columns = MadeRows.COLUMNS;
    ours(model, warm, columns);
    long[] ours = ours(model, rows, columns);
    long[] theirs;
    try (NativeLightGbm booster = NativeLightGbm.of(model.text(), columns);
        SingleRowCall call = SingleRowCall.of(booster, columns)) {
      call.nanos(warm, columns);
      theirs = call.nanos(rows, columns);
      double last = model.trees().raw(rows, rows.length - columns);
      if (call.last() != last) {
        throw new IllegalStateException(
            "the call for single rows scores %s, not %s".formatted(call.last(), last));
      }
    }
    return new SingleTimes(at(ours, 50), at(ours, 99), at(theirs, 50), at(theirs, 99));
  }

  private static long[] ours(TrainedModel model, double[] rows, int columns) {
    long[] nanos = new long[rows.length / columns];
    double sum = 0;
    for (int i = 0; i < nanos.length; i++) {
      long begun = System.nanoTime();
      sum += model.trees().raw(rows, i * columns);
      nanos[i] = System.nanoTime() - begun;
    }
    Clocked.require(sum);
    return nanos;
  }

  private static double at(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) ((long) (sorted.length - 1) * percent / 100)] / 1e3;
  }
}
