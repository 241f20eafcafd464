package io.mlassets.trainer.validation;

import java.util.Arrays;
import java.util.List;

/** What two known columns and a constant do not explain linearly of another; by Gram-Schmidt. */
final class Residuals {
  private final double[] first;
  private final double[] second;

  /** Rows of two values each. */
  Residuals(List<double[]> known) {
    first = centred(known.stream().mapToDouble(row -> row[0]).toArray());
    second = without(centred(known.stream().mapToDouble(row -> row[1]).toArray()), first);
  }

  /** The residuals; NaN is taken for the mean. */
  double[] of(double[] values) {
    return without(without(centred(values), first), second);
  }

  /** Squared correlation of two columns of residuals; 0 when one does not vary. */
  static double squaredCorrelation(double[] x, double[] y) {
    double xx = dot(x, x);
    double yy = dot(y, y);
    double xy = dot(x, y);
    return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0;
  }

  private static double[] centred(double[] values) {
    double mean = Arrays.stream(values).filter(Double::isFinite).average().orElse(0);
    return Arrays.stream(values).map(v -> Double.isFinite(v) ? v - mean : 0).toArray();
  }

  /** Takes the direction out, and what rounding leaves of a column that is all in it. */
  private static double[] without(double[] values, double[] direction) {
    double size = dot(direction, direction);
    if (!(size > 0)) {
      return values;
    }
    double share = dot(values, direction) / size;
    double[] left = new double[values.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = values[i] - share * direction[i];
    }
    return dot(left, left) < 1e-18 * dot(values, values) ? new double[left.length] : left;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
