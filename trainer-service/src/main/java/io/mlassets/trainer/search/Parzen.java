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

  /** Real parameters in front whose kernels are all looked at: then few are left to pick from. */
  private static final int DENSE = 2;

  /** So far below the closest kernel in logarithm others are not kept. */
  private static final double CLOSE = 3;

  private final Kernels[] kernels;
  private final double[] weights;

  /** By kernel: log of its weight and of its peaks. */
  private final double[] summits;

  /** Room for one candidate's logarithms and for the kernels still looked at. */
  private final double[] logs;

  private final int[] alive;

  /** How many kernels the last density was made of, and those of them kept. */
  private int looked;

  private int[] closest = {};

  /**
   * The density of trials' values.
   *
   * @param axes the parameters, at least one
   * @param trials that had them all
   * @param group which trials they are
   */
  Parzen(List<Axis> axes, Chosen trials, Group group) {
    kernels = new Kernels[axes.size()];
    for (int d = 0; d < kernels.length; d++) {
      kernels[d] = Kernels.of(axes.get(d), trials, group);
    }
    weights = weights(trials.count());
    int count = weights.length;
    logs = new double[count];
    alive = new int[count + 1];
    summits = new double[count];
    double log = 0;
    for (int k = 0; k < count; k++) {
      log = k > 0 && weights[k] == weights[k - 1] ? log : Math.log(weights[k]);
      summits[k] = log;
    }
    for (Kernels of : kernels) {
      of.addPeaks(summits);
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
    System.arraycopy(summits, 0, logs, 0, logs.length);
    int dense = 0;
    while (dense < Math.min(DENSE, kernels.length) && kernels[dense] instanceof RealKernels real) {
      real.fall(values[dense++], logs);
    }
    int prior = logs.length - 1;
    double summit = logs[prior];
    alive[0] = prior;
    fall(dense, values, 1, Double.NEGATIVE_INFINITY);
    double floor = logs[prior] - NEGLIGIBLE;
    logs[prior] = summit;
    int count = 1;
    for (int k = 0; k < prior; k++) {
      alive[count] = k;
      count += logs[k] >= floor ? 1 : 0;
    }
    looked = fall(dense, values, count, floor);
    return logOfSum(looked);
  }

  /** Remembers the prior and what matters most at the value the density was asked for last. */
  void keepClosest() {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < looked; i++) {
      largest = Math.max(largest, logs[alive[i]]);
    }
    closest = new int[looked];
    int count = 0;
    for (int i = 0; i < looked; i++) {
      closest[count] = alive[i];
      // The prior is first, and has a density everywhere.
      count += i == 0 || logs[alive[i]] >= largest - CLOSE ? 1 : 0;
    }
    closest = Arrays.copyOf(closest, count);
  }

  /** Logarithm of what the kernels remembered have of the density at one value per parameter. */
  double atLeast(double[] values) {
    for (int i = 0; i < closest.length; i++) {
      alive[i] = closest[i];
      logs[closest[i]] = summits[closest[i]];
    }
    return logOfSum(fall(0, values, closest.length, Double.NEGATIVE_INFINITY));
  }

  private double logOfSum(int count) {
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

  private int fall(int from, double[] values, int count, double floor) {
    int left = count;
    for (int d = from; d < kernels.length; d++) {
      left = kernels[d].fall(values[d], alive, left, logs, floor);
    }
    return left;
  }
}
