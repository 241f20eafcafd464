package io.mlassets.model;

import java.util.Arrays;

/**
 * Logistic regression on few columns and an intercept by maximum likelihood with Platt's smoothed
 * targets, which keep it finite on separable labels: Newton's method with step halving, after Lin,
 * Lin and Weng (2007).
 */
final class LogisticFit {
  private static final int MAX_STEPS = 100;
  private static final double MIN_STEP = 1e-10;
  private static final double RIDGE = 1e-12;

  private final double[][] columns;
  private final double[] target;
  private double[] weights;
  private double loss;

  private LogisticFit(double[] labels, double[][] columns) {
    this.columns = columns;
    double positives = Labels01.positives(columns[0], labels);
    double negatives = labels.length - positives;
    double high = (positives + 1) / (positives + 2);
    double low = 1 / (negatives + 2);
    target = Arrays.stream(labels).map(label -> label == 1 ? high : low).toArray();
    weights = new double[columns.length + 1];
    weights[columns.length] = StrictMath.log((positives + 1) / (negatives + 1));
    loss = loss(weights);
  }

  /** One weight per column, then the intercept. */
  static double[] fit(double[] labels, double[]... columns) {
    LogisticFit fit = new LogisticFit(labels, columns);
    int step = 0;
    while (step < MAX_STEPS && fit.improve()) {
      step++;
    }
    return fit.weights;
  }

  /**
   * Weight of one column and intercept, the weight not negative. The loss is convex: where the free
   * optimum falls, the best that does not is the constant.
   */
  static double[] rising(double[] labels, double[] column) {
    double[] free = fit(labels, column);
    return free[0] >= 0 ? free : new double[] {0, fit(labels, new double[labels.length])[1]};
  }

  /** The mean loss of weights found for these columns: what choosing between fits goes by. */
  static double loss(double[] labels, double[] weights, double[]... columns) {
    return new LogisticFit(labels, columns).loss(weights);
  }

  /** One Newton step; false when nothing is left to gain. */
  private boolean improve() {
    int size = weights.length;
    double[] gradient = new double[size];
    double[][] hessian = new double[size][size];
    double[] x = new double[size];
    for (int i = 0; i < target.length; i++) {
      for (int k = 0; k < size; k++) {
        x[k] = at(k, i);
      }
      double p = 1 / (1 + StrictMath.exp(-score(weights, i)));
      for (int k = 0; k < size; k++) {
        gradient[k] += x[k] * (p - target[i]);
        for (int j = 0; j <= k; j++) {
          hessian[k][j] += x[k] * x[j] * p * (1 - p);
        }
      }
    }
    for (int k = 0; k < size; k++) {
      hessian[k][k] += RIDGE;
      for (int j = 0; j < k; j++) {
        hessian[j][k] = hessian[k][j];
      }
    }
    if (Arrays.stream(gradient).allMatch(g -> Math.abs(g) < 1e-9 * target.length)) {
      return false;
    }
    return walk(solve(hessian, gradient));
  }

  private boolean walk(double[] step) {
    for (double length = 1; length >= MIN_STEP; length /= 2) {
      double[] next = weights.clone();
      for (int k = 0; k < next.length; k++) {
        next[k] -= length * step[k];
      }
      double there = loss(next);
      if (there < loss) {
        weights = next;
        loss = there;
        return true;
      }
    }
    return false;
  }

  private double loss(double[] at) {
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      double f = score(at, i);
      sum += Softplus.of(f) - target[i] * f;
    }
    return sum / target.length;
  }

  private double score(double[] at, int row) {
    double sum = at[columns.length];
    for (int k = 0; k < columns.length; k++) {
      sum += at[k] * columns[k][row];
    }
    return sum;
  }

  private double at(int column, int row) {
    return column == columns.length ? 1 : columns[column][row];
  }

  /** Gaussian elimination of a positive definite matrix, in place. */
  private static double[] solve(double[][] a, double[] b) {
    int size = b.length;
    double[] x = b.clone();
    for (int k = 0; k < size; k++) {
      for (int row = k + 1; row < size; row++) {
        double factor = a[row][k] / a[k][k];
        for (int column = k; column < size; column++) {
          a[row][column] -= factor * a[k][column];
        }
        x[row] -= factor * x[k];
      }
    }
    for (int k = size - 1; k >= 0; k--) {
      for (int column = k + 1; column < size; column++) {
        x[k] -= a[k][column] * x[column];
      }
      x[k] /= a[k][k];
    }
    return x;
  }
}
