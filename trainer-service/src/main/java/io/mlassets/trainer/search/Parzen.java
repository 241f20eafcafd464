package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A density over parameters learned from the values trials had: a mixture of products of {@link
 * Kernels}, one product per trial and one as prior.
 */
final class Parzen {
  /** What lies so far below the prior in logarithm adds nothing in double precision. */
  private static final double NEGLIGIBLE = 37;

  private final Kernels[] kernels;
  private final double[] weights;
  private final double[] logWeights;

  /** For each parameter and kernel, a bound on what the parameters after it can still add. */
  private final double[][] bound;

  /**
   * The density of trials' values.
   *
   * @param dimensions the parameters, at least one
   * @param observed per parameter one value per trial, the oldest first
   */
  Parzen(List<Dimension> dimensions, double[][] observed) {
    int parameters = dimensions.size();
    kernels = new Kernels[parameters];
    for (int d = 0; d < parameters; d++) {
      kernels[d] = Kernels.of(dimensions.get(d), observed[d]);
    }
    weights = weights(observed[0].length);
    int count = weights.length;
    logWeights = new double[count];
    bound = new double[parameters][count];
    for (int k = 0; k < count; k++) {
      logWeights[k] = Math.log(weights[k]);
      for (int d = parameters - 1; d > 0; d--) {
        bound[d - 1][k] = bound[d][k] + kernels[d].peak(k);
      }
    }
  }

  /**
   * Optuna's weights of the observations and, last, of the prior: all 1 up to 25 observations, then
   * the oldest fade in from {@code 1/n}. They add up to one.
   */
  static double[] weights(int observed) {
    double[] weights = new double[observed + 1];
    Arrays.fill(weights, 1);
    int fading = observed - 25;
    for (int i = 0; i < fading; i++) {
      double share = fading == 1 ? 0 : (double) i / (fading - 1);
      weights[i] = 1.0 / observed + share * (1 - 1.0 / observed);
    }
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** One value per parameter. */
  double[] sample(SplittableRandom random) {
    int kernel = 0;
    double left = random.nextDouble() - weights[0];
    while (left >= 0 && kernel < weights.length - 1) {
      left -= weights[++kernel];
    }
    double[] values = new double[kernels.length];
    for (int d = 0; d < kernels.length; d++) {
      values[d] = kernels[d].sample(kernel, random);
    }
    return values;
  }

  /** Logarithm of the density at one value per parameter; whole numbers count as cells. */
  double logDensity(double[] values) {
    double[] logs = logWeights.clone();
    int prior = logs.length - 1;
    int[] alive = new int[logs.length];
    alive[0] = prior;
    for (int d = 0; d < kernels.length; d++) {
      kernels[d].addLogs(values[d], alive, 1, logs, bound[d], Double.NEGATIVE_INFINITY);
    }
    double floor = logs[prior] - NEGLIGIBLE;
    int count = prior;
    for (int k = 0; k < count; k++) {
      alive[k] = k;
    }
    for (int d = 0; d < kernels.length; d++) {
      count = kernels[d].addLogs(values[d], alive, count, logs, bound[d], floor);
    }
    alive[count++] = prior;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, logs[alive[i]]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp(logs[alive[i]] - largest);
    }
    return largest + Math.log(sum);
  }
}
