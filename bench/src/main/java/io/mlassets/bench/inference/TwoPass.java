package io.mlassets.bench.inference;

/**
 * Moments of the {@code n} values of an array up to one index, in two passes: first the mean, then
 * what is left of it. Values are taken from the window's last, so that a large common part costs no
 * digits. Variances divide by {@code n}; below 1e-18 a window is flat and has none.
 */
final class TwoPass {
  private static final double FLAT = 1e-18;

  private TwoPass() {}

  static double mean(double[] x, int last, int n) {
    return x[last] + meanFromLast(x, last, n);
  }

  /** How far the mean is above the last value. */
  static double meanFromLast(double[] x, int last, int n) {
    double sum = 0;
    for (int i = last - n + 1; i <= last; i++) {
      sum += x[i] - x[last];
    }
    return sum / n;
  }

  static double variance(double[] x, int last, int n) {
    double variance = covariance(x, x, last, n);
    return variance > FLAT ? variance : 0;
  }

  static double covariance(double[] x, double[] y, int last, int n) {
    double sumX = 0;
    double sumY = 0;
    for (int i = last - n + 1; i <= last; i++) {
      sumX += x[i] - x[last];
      sumY += y[i] - y[last];
    }
    double meanX = sumX / n;
    double meanY = sumY / n;
    double sum = 0;
    for (int i = last - n + 1; i <= last; i++) {
      sum += (x[i] - x[last] - meanX) * (y[i] - y[last] - meanY);
    }
    return sum / n;
  }

  /** Of {@code x − weight · y}. */
  static double varianceOfDifference(double[] x, double[] y, double weight, int last, int n) {
    double sum = 0;
    for (int i = last - n + 1; i <= last; i++) {
      sum += x[i] - x[last] - weight * (y[i] - y[last]);
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = last - n + 1; i <= last; i++) {
      double rest = x[i] - x[last] - weight * (y[i] - y[last]) - mean;
      squares += rest * rest;
    }
    double variance = squares / n;
    return variance > FLAT ? variance : 0;
  }

  /** Slope of {@code x} on {@code y}; 1 where {@code y} is flat. */
  static double slope(double[] x, double[] y, int last, int n) {
    double variance = variance(y, last, n);
    return variance > 0 ? covariance(x, y, last, n) / variance : 1;
  }

  /** NaN where one of the two is flat. */
  static double correlation(double[] x, double[] y, int last, int n) {
    double product = variance(x, last, n) * variance(y, last, n);
    return product > 0
        ? Math.clamp(covariance(x, y, last, n) / Math.sqrt(product), -1.0, 1.0)
        : Double.NaN;
  }
}
