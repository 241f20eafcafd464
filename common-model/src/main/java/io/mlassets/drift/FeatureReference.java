package io.mlassets.drift;

/**
 * How one feature was distributed in the training sample: the reference of drift.
 *
 * @param feature its name
 * @param edges inner bin edges, strictly ascending; bin i holds {@code edges[i-1] <= x < edges[i]}
 * @param counts rows per bin: one more than edges, and one last bin for missing values
 * @param mean mean of the values that are not missing
 * @param sd their standard deviation, not negative
 * @param rows rows in all
 */
@SuppressWarnings("ArrayRecordComponent") // a storage form; never compared
public record FeatureReference(
    String feature, double[] edges, long[] counts, double mean, double sd, long rows) {

  /** Bins by quantiles of the sample, at most {@code bins} of them; ties are merged. */
  public static FeatureReference of(String feature, double[] sample, int bins) {
    throw new UnsupportedOperationException("not yet: " + feature + sample.length + bins);
  }
}
