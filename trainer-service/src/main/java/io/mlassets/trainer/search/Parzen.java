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

  /** For each parameter and kernel, a bound on what costly parameters after it can still add. */
  private final double[][] bound;

  /** The same before the first of them. */
  private final double[] boundOfAll;

  /**
   * The density of trials' values.
   *
   * @param axes the parameters, at least one
   * @param trials numbers of trials that had them all, the oldest first
   * @param group which trials they are
   */
  Parzen(List<Axis> axes, int[] trials, Group group) {
    int parameters = axes.size();
    kernels = new Kernels[parameters];
    for (int d = 0; d < parameters; d++) {
      kernels[d] = Kernels.of(axes.get(d), trials, group);
    }
    weights = weights(trials.length);
    int count = weights.length;
    logWeights = new double[count];
    bound = new double[parameters][];
    boundOfAll = new double[count];
    for (int k = 0; k < count; k++) {
      logWeights[k] = Math.log(weights[k]);
    }
    for (int d = parameters - 1; d >= 0; d--) {
      if (kernels[d] instanceof Kernels.Costly costly) {
        bound[d] = boundOfAll.clone();
        for (int k = 0; k < count; k++) {
          boundOfAll[k] += costly.peak(k);
        }
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
    for (int d = 0; d < kernels.length; d++) {
      if (kernels[d] instanceof Kernels.Quick quick) {
        quick.addLogs(values[d], logs);
      }
    }
    int prior = logs.length - 1;
    int[] alive = new int[logs.length];
    alive[0] = prior;
    addCostly(values, alive, 1, logs, Double.NEGATIVE_INFINITY);
    double floor = logs[prior] - NEGLIGIBLE;
    int count = 0;
    for (int k = 0; k < prior; k++) {
      alive[count] = k;
      count += logs[k] + boundOfAll[k] >= floor ? 1 : 0;
    }
    count = addCostly(values, alive, count, logs, floor);
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

  private int addCostly(double[] values, int[] alive, int count, double[] logs, double floor) {
    int left = count;
    for (int d = 0; d < kernels.length; d++) {
      if (kernels[d] instanceof Kernels.Costly costly) {
        left = costly.addLogs(values[d], alive, left, logs, bound[d], floor);
      }
    }
    return left;
  }
}
