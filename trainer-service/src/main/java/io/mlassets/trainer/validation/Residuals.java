package io.mlassets.trainer.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What known columns and a constant do not explain linearly of another; by Gram-Schmidt. */
final class Residuals {
  /** What rounding leaves of a column that the others explain wholly. */
  private static final double NOTHING = 1e-20;

  private final List<double[]> directions = new ArrayList<>();

  /** Rows of equally many known values. */
  Residuals(List<double[]> known) {
    for (int column = 0; column < known.getFirst().length; column++) {
      int index = column;
      directions.add(of(known.stream().mapToDouble(row -> row[index]).toArray()));
    }
  }

  /** The residuals; NaN is taken for the mean. */
  final double[] of(double[] values) {
    double mean = Arrays.stream(values).filter(Double::isFinite).average().orElse(0);
    double[] left = Arrays.stream(values).map(v -> Double.isFinite(v) ? v - mean : 0).toArray();
    double all = dot(left, left);
    // Twice, because one pass leaves rounding errors as large as a small residual.
    for (int pass = 0; pass < 2; pass++) {
      directions.forEach(direction -> subtract(left, direction));
    }
    return dot(left, left) <= NOTHING * all ? new double[left.length] : left;
  }

  /** Squared correlation of two columns of residuals; 0 when one does not vary. */
  static double squaredCorrelation(double[] x, double[] y) {
    double xx = dot(x, x);
    double yy = dot(y, y);
    double xy = dot(x, y);
    return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0;
  }

  private static void subtract(double[] values, double[] direction) {
    double size = dot(direction, direction);
    if (size > 0) {
      double share = dot(values, direction) / size;
      for (int i = 0; i < values.length; i++) {
        values[i] -= share * direction[i];
      }
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
