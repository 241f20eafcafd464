package io.mlassets.feature;

/**
 * Means, variances and covariance of the last {@code window} pairs of values, in constant time per
 * pair. Sums are centred on a reference and updated with Neumaier's compensation; at every anchor
 * they are recomputed from the window in two passes, and so they are when the window has moved so
 * far from the reference that the rounding of squares would show. Nothing is ready before the first
 * anchor that finds the window full, so that two instances that have seen the same last {@code
 * window + block} pairs give the same bits.
 *
 * <p>Variances divide by the window's length (population form).
 */
final class RollingMoments {
  /** Below this a window counts as flat: relative price moves under 1e-9. */
  private static final double FLAT_VARIANCE = 1e-18;

  /**
   * Squared distance of mean from reference, in variances, from which on a variance is only known
   * to a ten-billionth: {@code 1e6 · 2^-53}.
   */
  private static final double FAR = 1e6;

  private final double[] us;
  private final double[] vs;
  private int next;
  private int size;
  private boolean ready;
  private double referenceU;
  private double referenceV;
  private final CompensatedSum sumU = new CompensatedSum();
  private final CompensatedSum sumV = new CompensatedSum();
  private final CompensatedSum sumUu = new CompensatedSum();
  private final CompensatedSum sumVv = new CompensatedSum();
  private final CompensatedSum sumUv = new CompensatedSum();

  RollingMoments(int window) {
    us = new double[window];
    vs = new double[window];
  }

  /** Takes a pair in, the oldest out. */
  void add(double u, double v, boolean anchor) {
    if (ready && !anchor) {
      shift(us[next], vs[next], -1);
      shift(u, v, 1);
    }
    us[next] = u;
    vs[next] = v;
    next = next + 1 == us.length ? 0 : next + 1;
    size = Math.min(size + 1, us.length);
    if (size == us.length && (anchor || (ready && isFar()))) {
      recompute();
    }
  }

  /** Whether the window lies far from the reference; a function of what came since the anchor. */
  private boolean isFar() {
    return isFar(sumU.value(), varianceU()) || isFar(sumV.value(), varianceV());
  }

  private boolean isFar(double sum, double variance) {
    double distance = sum / us.length;
    return distance * distance > FAR * Math.max(variance, FLAT_VARIANCE);
  }

  private void shift(double u, double v, int sign) {
    double du = u - referenceU;
    double dv = v - referenceV;
    sumU.add(sign * du);
    sumV.add(sign * dv);
    sumUu.add(sign * (du * du));
    sumVv.add(sign * (dv * dv));
    sumUv.add(sign * (du * dv));
  }

  private void recompute() {
    double totalU = 0;
    double totalV = 0;
    // Oldest first, so that the order of additions does not depend on the ring's phase.
    for (int k = 0, i = next; k < us.length; k++, i = i + 1 == us.length ? 0 : i + 1) {
      totalU += us[i];
      totalV += vs[i];
    }
    referenceU = totalU / us.length;
    referenceV = totalV / us.length;
    sumU.reset();
    sumV.reset();
    sumUu.reset();
    sumVv.reset();
    sumUv.reset();
    for (int k = 0, i = next; k < us.length; k++, i = i + 1 == us.length ? 0 : i + 1) {
      shift(us[i], vs[i], 1);
    }
    ready = true;
  }

  /** Whether the statistics are defined, and the same in every process. */
  boolean ready() {
    return ready;
  }

  double meanU() {
    return referenceU + sumU.value() / us.length;
  }

  double meanV() {
    return referenceV + sumV.value() / us.length;
  }

  double varianceU() {
    return variance(sumU.value(), sumUu.value());
  }

  double varianceV() {
    return variance(sumV.value(), sumVv.value());
  }

  double covariance() {
    int n = us.length;
    return (sumUv.value() - sumU.value() * sumV.value() / n) / n;
  }

  /** Variance of {@code u − β v}; 0 when flat. */
  double varianceOfSpread(double beta) {
    double value = varianceU() - 2 * beta * covariance() + beta * beta * varianceV();
    return value > FLAT_VARIANCE ? value : 0;
  }

  /** Correlation; NaN when a side is flat. */
  double correlation() {
    double product = varianceU() * varianceV();
    return product > 0 ? Math.clamp(covariance() / Math.sqrt(product), -1.0, 1.0) : Double.NaN;
  }

  private double variance(double sum, double sumOfSquares) {
    int n = us.length;
    double value = (sumOfSquares - sum * sum / n) / n;
    return value > FLAT_VARIANCE ? value : 0;
  }
}
