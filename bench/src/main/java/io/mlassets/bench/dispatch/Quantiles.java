package io.mlassets.bench.dispatch;

import io.mlassets.bench.Report;
import java.util.Arrays;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Of measured times.
 *
 * @param p50 median, milliseconds
 * @param p99 99th percentile (the nearest rank), milliseconds
 * @param max the longest, milliseconds
 */
public record Quantiles(double p50, double p99, double max) {

  /** Of at least one time in nanoseconds. */
  public static Quantiles ofNanos(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Quantiles(
        rank(sorted, 0.5) / 1e6, rank(sorted, 0.99) / 1e6, sorted[sorted.length - 1] / 1e6);
  }

  private static double rank(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  SequencedMap<String, @Nullable Object> fields() {
    return Report.fields("p50", p50, "p99", p99);
  }
}
