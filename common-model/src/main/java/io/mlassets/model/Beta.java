package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * Beta calibration (Kull, Silva Filho, Flach 2017): with {@code q = 1 / (1 + exp(-raw))}, the log
 * odds of the calibrated value are {@code a · ln q − b · ln(1 − q) + c}. Unlike Platt's sigmoid it
 * holds the identity (a = b = 1, c = 0) and can bend the two ends differently.
 *
 * @param a weight of the ones' side, finite, not negative: the curve never falls
 * @param b weight of the zeros' side, likewise
 * @param c finite
 */
public record Beta(
    @JsonProperty("a") double a, @JsonProperty("b") double b, @JsonProperty("c") double c)
    implements Calibration {

  /** Refuses what is not finite or would fall with {@link IllegalArgumentException}. */
  public Beta {
    if (!(a >= 0 && b >= 0) || !Double.isFinite(a + b) || !Double.isFinite(c)) {
      throw new IllegalArgumentException(
          "beta calibration needs finite a, b >= 0 and finite c; got %s, %s, %s"
              .formatted(a, b, c));
    }
  }

  @Override
  public double apply(double raw) {
    double odds = b * Softplus.of(raw) - a * Softplus.of(-raw) + c;
    return 1 / (1 + StrictMath.exp(-odds));
  }

  /**
   * Fits by maximum likelihood under {@code a, b ≥ 0}, with Platt's smoothed targets. The problem
   * is convex: where the free optimum breaks a bound, the best lies on one.
   *
   * @param raw finite raw scores
   * @param labels 0 or 1 each, both present
   */
  public static Beta fit(double[] raw, double[] labels) {
    Labels01.positives(raw, labels);
    double[] lnQ = Arrays.stream(raw).map(x -> -Softplus.of(-x)).toArray();
    double[] minusLnRest = Arrays.stream(raw).map(Softplus::of).toArray();
    double[] free = LogisticFit.fit(labels, lnQ, minusLnRest);
    if (free[0] >= 0 && free[1] >= 0) {
      return new Beta(free[0], free[1], free[2]);
    }
    double[] left = LogisticFit.rising(labels, lnQ);
    double[] right = LogisticFit.rising(labels, minusLnRest);
    return LogisticFit.loss(labels, left, lnQ) <= LogisticFit.loss(labels, right, minusLnRest)
        ? new Beta(left[0], 0, left[1])
        : new Beta(0, right[0], right[1]);
  }
}
