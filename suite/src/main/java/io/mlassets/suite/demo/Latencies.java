package io.mlassets.suite.demo;

import java.util.List;

/**
 * Milliseconds from bar in to signal out.
 *
 * @param p50 median
 * @param p99 99th percentile, nearest rank
 * @param max largest
 */
public record Latencies(double p50, double p99, double max) {

  /** Of at least one measurement in nanoseconds. */
  public static Latencies ofNanos(List<Long> nanos) {
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("no latency was measured");
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Latencies(
        millis(rank(sorted, 0.50)), millis(rank(sorted, 0.99)), millis(sorted[sorted.length - 1]));
  }

  private static long rank(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e4) / 100.0;
  }
}
