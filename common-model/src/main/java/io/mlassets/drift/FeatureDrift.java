package io.mlassets.drift;

import io.mlassets.policy.DriftRules;
import java.util.Arrays;

/**
 * Live values of one feature against its reference. PSI must be beyond the policy's threshold and
 * beyond luck; the mean must have shifted by more than the policy allows and by more than luck: 3.3
 * standard errors, two-sided one in a thousand.
 *
 * <p>Features of neighbouring bars overlap; the caller says how many independent rows the live ones
 * are worth.
 *
 * @param feature its name
 * @param psi population stability index; 0 without live rows
 * @param psiThreshold the policy's threshold or, when larger, what luck explains at this sample
 *     size
 * @param meanShift shift of the mean in standard deviations of the training sample; 0 when either
 *     side has no values or the reference does not vary
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
  private static final double MANY_STANDARD_ERRORS = 3.3;

  /** Compares independent rows; never drifted below the policy's least number of rows. */
  public static FeatureDrift between(FeatureReference reference, double[] live, DriftRules rules) {
    return between(reference, live, live.length, rules);
  }

  /**
   * Compares clustered rows; never drifted below the policy's least number of rows.
   *
   * @param effectiveRows independent rows the live ones are worth, in (0, live rows]; what luck
   *     explains grows by live rows over this (the design effect, Kish 1965), in the reference too
   */
  public static FeatureDrift between(
      FeatureReference reference, double[] live, double effectiveRows, DriftRules rules) {
    if (live.length == 0) {
      return new FeatureDrift(
          reference.feature(), 0, rules.psiThreshold(), 0, 0, reference.rows(), false);
    }
    if (!(effectiveRows > 0 && effectiveRows <= live.length)) {
      throw new IllegalArgumentException(
          "effective rows %s are not in (0, %d]".formatted(effectiveRows, live.length));
    }
    double designEffect = live.length / effectiveRows;
    long[] counts = reference.count(live);
    double psi = Psi.between(reference.counts(), counts, designEffect);
    double threshold =
        Math.max(rules.psiThreshold(), designEffect * Psi.byLuck(reference.counts(), counts));
    double shift = meanShift(reference, live);
    double variance = designEffect * (1.0 / live.length + 1.0 / reference.rows());
    double luck = MANY_STANDARD_ERRORS * Math.sqrt(variance);
    boolean moved = psi > threshold || Math.abs(shift) > Math.max(rules.meanShiftThreshold(), luck);
    return new FeatureDrift(
        reference.feature(),
        psi,
        threshold,
        shift,
        live.length,
        reference.rows(),
        live.length >= rules.minRows() && moved);
  }

  private static double meanShift(FeatureReference reference, double[] live) {
    double[] known = Arrays.stream(live).filter(x -> !Double.isNaN(x)).toArray();
    if (known.length == 0 || reference.sd() == 0) {
      return 0;
    }
    return (Arrays.stream(known).sum() / known.length - reference.mean()) / reference.sd();
  }
}
