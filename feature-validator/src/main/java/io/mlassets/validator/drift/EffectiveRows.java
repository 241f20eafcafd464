package io.mlassets.validator.drift;

import java.util.Collection;

/**
 * How many independent rows a clustered sample is worth. Candidate bars come in runs: the rows of
 * one pair within one holding period say nearly the same, and a statistic that counts each of them
 * finds drift everywhere. Kish's effective size, (Σ n)² / Σ n² over the clusters' sizes n (Kish,
 * Survey Sampling, 1965, ch. 11).
 */
final class EffectiveRows {
  private EffectiveRows() {}

  /**
   * Effective size of clusters of the given sizes, from 1 (one cluster) to their number (all
   * equal); 0 without rows.
   */
  static double of(Collection<Long> clusterSizes) {
    double sum = 0;
    double squares = 0;
    for (long size : clusterSizes) {
      sum += size;
      squares += (double) size * size;
    }
    return squares == 0 ? 0 : sum * sum / squares;
  }
}
