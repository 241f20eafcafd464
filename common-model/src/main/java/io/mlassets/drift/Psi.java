package io.mlassets.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Population stability index: {@code Σ (p − q) ln (p / q)} over bins. Empty bins count as half a
 * row, which keeps the sum finite.
 *
 * <p>Under no change it is about {@code (1/n + 1/m) χ²(B − 1)} (Yurdakul 2018), so small samples
 * cross any fixed threshold by luck.
 */
final class Psi {
  private static final double EMPTY = 0.5;

  /** Chance that luck alone crosses the threshold. */
  private static final double SIGNIFICANCE = 0.001;

  private Psi() {}

  /** Bins that neither sample uses are left out. */
  static double between(long[] reference, long[] live) {
    return between(reference, live, 1);
  }

  /**
   * With live rows that come in runs: half a row is half an independent one, or a bin that a few
   * runs missed would weigh as if hundreds of rows had missed it.
   *
   * @param designEffect live rows per independent row, at least 1
   */
  static double between(long[] reference, long[] live, double designEffect) {
    double referenceRows = total(reference);
    double liveRows = total(live);
    double psi = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] + live[i] > 0) {
        double p = Math.max(reference[i], EMPTY) / referenceRows;
        double q = Math.max(live[i], EMPTY * designEffect) / liveRows;
        psi += (p - q) * Math.log(p / q);
      }
    }
    return psi;
  }

  /** The largest value luck explains at these sample sizes; infinite without live rows. */
  static double byLuck(long[] reference, long[] live) {
    int bins = 0;
    for (int i = 0; i < reference.length; i++) {
      bins += reference[i] + live[i] > 0 ? 1 : 0;
    }
    double quantile =
        ChiSquaredDistribution.of(Math.max(1, bins - 1)).inverseSurvivalProbability(SIGNIFICANCE);
    return (1 / total(reference) + 1 / total(live)) * quantile;
  }

  private static double total(long[] counts) {
    double total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }
}
