package io.mlassets.drift;

import io.mlassets.policy.DriftRules;
import java.util.Arrays;

/**
 * Live values of one feature against its reference. PSI must be beyond the policy's threshold and
 * beyond luck; the mean must have shifted by more than the policy allows and by more than luck: 3.3
 * standard errors, two-sided one in a thousand.
 *
 * <p>Luck is reckoned for independent rows. Features of neighbouring bars overlap, so live rows
 * should cover several feature windows before this means much; the policy's least number of rows is
 * the guard.
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

  /** Compares; never drifted below the policy's least number of rows. */
  public static FeatureDrift between(FeatureReference reference, double[] live, DriftRules rules) {
    if (live.length == 0) {
      return new FeatureDrift(
          reference.feature(), 0, rules.psiThreshold(), 0, 0, reference.rows(), false);
    }
    long[] counts = reference.count(live);
    double psi = Psi.between(reference.counts(), counts);
    double threshold = Math.max(rules.psiThreshold(), Psi.byLuck(reference.counts(), counts));
    double shift = meanShift(reference, live);
    double luck = MANY_STANDARD_ERRORS * Math.sqrt(1.0 / live.length + 1.0 / reference.rows());
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
