package io.mlassets.trainer.theta;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.RealVector;

/**
 * Regression of noisy values over the unit square (Rasmussen and Williams, Gaussian Processes for
 * Machine Learning, 2006, algorithm 2.1) with a Matérn 5/2 kernel. Length scale and noise are those
 * of a small lattice with the highest marginal likelihood. Its mean is the surface without the
 * noise: a peak that its neighbours do not share hardly moves it.
 */
final class GaussianProcess {
  /** Shorter ones would follow single cells. */
  private static final double[] LENGTHS = {0.2, 0.4, 0.8};

  private static final double[] NOISES = {0.05, 0.2, 0.5, 1};

  private final double[][] points;
  private final double center;
  private final double spread;
  private final double length;
  private final double noise;
  private final DecompositionSolver solver;
  private final RealVector weights;
  private final double logLikelihood;

  private GaussianProcess(double[][] points, double[] values, double length, double noise) {
    this.points = points;
    this.length = length;
    this.noise = noise;
    center = Arrays.stream(values).average().orElseThrow();
    double deviation =
        Math.sqrt(
            Arrays.stream(values).map(v -> (v - center) * (v - center)).average().orElseThrow());
    spread = deviation > 0 ? deviation : 1;
    int n = points.length;
    double[][] covariance = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = kernel(points[i], points[j]) + (i == j ? noise : 0);
        covariance[j][i] = covariance[i][j];
      }
    }
    CholeskyDecomposition cholesky =
        new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false), 1e-9, 1e-12);
    solver = cholesky.getSolver();
    RealVector targets =
        new ArrayRealVector(Arrays.stream(values).map(v -> (v - center) / spread).toArray(), false);
    weights = solver.solve(targets);
    double halfLogDeterminant = 0;
    for (int i = 0; i < n; i++) {
      halfLogDeterminant += Math.log(cholesky.getL().getEntry(i, i));
    }
    logLikelihood = -targets.dotProduct(weights) / 2 - halfLogDeterminant;
  }

  /**
   * The process that explains the values best.
   *
   * @param points at least one, in the unit square
   * @param values one per point, finite
   */
  static GaussianProcess fit(double[][] points, double[] values) {
    GaussianProcess best = null;
    for (double length : LENGTHS) {
      for (double noise : NOISES) {
        GaussianProcess fitted = new GaussianProcess(points, values, length, noise);
        if (best == null || fitted.logLikelihood > best.logLikelihood) {
          best = fitted;
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException("the lattice of length scales is not empty");
    }
    return best;
  }

  /** The same process having seen other points. */
  GaussianProcess refit(double[][] seen, double[] values) {
    return new GaussianProcess(seen, values, length, noise);
  }

  /** Expected value at a point, noise taken out. */
  double mean(double[] at) {
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      sum += weights.getEntry(i) * kernel(at, points[i]);
    }
    return center + spread * sum;
  }

  /** Standard deviation of what is not known of that value. */
  double deviation(double[] at) {
    RealVector near =
        new ArrayRealVector(
            Arrays.stream(points).mapToDouble(point -> kernel(at, point)).toArray(), false);
    return spread * Math.sqrt(Math.max(0, 1 - near.dotProduct(solver.solve(near))));
  }

  private double kernel(double[] one, double[] other) {
    double distance = Math.sqrt(5) * Math.hypot(one[0] - other[0], one[1] - other[1]) / length;
    return (1 + distance + distance * distance / 3) * Math.exp(-distance);
  }
}
