package io.mlassets.drift;

import java.util.Arrays;

/**
 * How one feature was distributed in the training sample: the reference of drift.
 *
 * @param feature its name
 * @param edges inner bin edges, strictly ascending; bin i holds {@code edges[i-1] <= x < edges[i]}
 * @param counts rows per bin: one more than edges, and one last bin for missing values
 * @param mean mean of the values that are not missing; 0 when all are
 * @param sd their standard deviation, not negative
 * @param rows rows in all
 */
@SuppressWarnings("ArrayRecordComponent") // a storage form; never compared
public record FeatureReference(
    String feature, double[] edges, long[] counts, double mean, double sd, long rows) {

  /** Refuses what does not fit together with {@link IllegalArgumentException}. */
  public FeatureReference {
    if (counts.length != edges.length + 2) {
      throw new IllegalArgumentException(
          "%s: %d counts do not fit %d edges".formatted(feature, counts.length, edges.length));
    }
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i - 1] < edges[i])) {
        throw new IllegalArgumentException(
            "%s: edges are not ascending at %s, %s".formatted(feature, edges[i - 1], edges[i]));
      }
    }
    if (!(sd >= 0) || rows < 1 || Arrays.stream(counts).sum() != rows) {
      throw new IllegalArgumentException(
          "%s: sd %s, rows %d, counts %s".formatted(feature, sd, rows, Arrays.toString(counts)));
    }
  }

  /**
   * Bins by quantiles of the sample, at most {@code bins} of them; ties are merged. A feature with
   * one value has one edge, that value: what lies below it is a bin of its own.
   */
  public static FeatureReference of(String feature, double[] sample, int bins) {
    if (sample.length == 0 || bins < 2) {
      throw new IllegalArgumentException(
          "%s: %d rows in %d bins".formatted(feature, sample.length, bins));
    }
    double[] sorted = Arrays.stream(sample).filter(x -> !Double.isNaN(x)).sorted().toArray();
    double[] edges = edges(sorted, bins);
    double mean = Arrays.stream(sorted).average().orElse(0);
    double squares = Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
    double sd = sorted.length > 1 ? Math.sqrt(squares / (sorted.length - 1)) : 0;
    return new FeatureReference(feature, edges, count(edges, sample), mean, sd, sample.length);
  }

  private static double[] edges(double[] sorted, int bins) {
    if (sorted.length == 0) {
      return new double[0];
    }
    double[] edges = new double[bins - 1];
    int used = 0;
    for (int i = 1; i < bins; i++) {
      double edge = sorted[(int) ((long) i * sorted.length / bins)];
      if (used == 0 || edge > edges[used - 1]) {
        edges[used++] = edge;
      }
    }
    return Arrays.copyOf(edges, used);
  }

  /** Rows of another sample per bin of this reference. */
  public long[] count(double[] sample) {
    return count(edges, sample);
  }

  private static long[] count(double[] edges, double[] sample) {
    long[] counts = new long[edges.length + 2];
    for (double value : sample) {
      counts[Double.isNaN(value) ? edges.length + 1 : bin(edges, value)]++;
    }
    return counts;
  }

  private static int bin(double[] edges, double value) {
    int found = Arrays.binarySearch(edges, value);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
