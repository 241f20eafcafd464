package io.mlassets.drift;

import io.mlassets.policy.DriftRules;

/**
 * Live values of one feature against its reference.
 *
 * @param feature its name
 * @param psi population stability index
 * @param psiThreshold the policy's threshold or, when larger, what luck explains at this sample
 *     size
 * @param meanShift shift of the mean in standard deviations of the training sample
 * @param liveRows live rows
 * @param trainingRows rows of the reference
 * @param drifted whether PSI or mean shift is beyond its threshold
 */
public record FeatureDrift(
    String feature,
    double psi,
    double psiThreshold,
    double meanShift,
    long liveRows,
    long trainingRows,
    boolean drifted) {

  /** Compares; never drifted below the policy's least number of rows. */
  public static FeatureDrift between(FeatureReference reference, double[] live, DriftRules rules) {
    throw new UnsupportedOperationException("not yet: " + reference + live.length + rules);
  }
}
