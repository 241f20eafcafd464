package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.ErfDifference;

/**
 * Normal distributions cut to the range: one around each observation, as wide as the larger gap to
 * its neighbours (the ends of the range count as neighbours of an only observation), at least the
 * range over {@code min(100, n + 2)}; and a wide one in the middle as prior. A whole number has the
 * probability of its cell. These are the definitions of Optuna 5 ("magic clip", no end points).
 */
final class NumberKernels implements Kernels {
  private static final double SQRT2 = Math.sqrt(2);
  private static final double LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);

  /** So many deviations from both ends nothing of a kernel is cut off in double precision. */
  private static final double UNCUT = 8.5;

  private final Scale scale;
  private final double[] mean;
  private final double[] deviation;

  /** Log of what is left of each kernel after the cut. */
  private final double[] logMass;

  private final double[] peak;

  NumberKernels(Scale scale, double[] observed) {
    this.scale = scale;
    int n = observed.length;
    mean = new double[n + 1];
    for (int i = 0; i < n; i++) {
      mean[i] = scale.inward(observed[i]);
    }
    double low = scale.low();
    double high = scale.high();
    double range = high - low;
    deviation = deviations(Arrays.copyOf(mean, n), low, high);
    mean[n] = (low + high) / 2;
    deviation[n] = range;
    logMass = new double[n + 1];
    peak = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      double below = (low - mean[i]) / deviation[i];
      double above = (high - mean[i]) / deviation[i];
      logMass[i] = below < -UNCUT && above > UNCUT ? 0 : Math.log(mass(below, above));
      peak[i] = scale.whole() ? -logMass[i] : -logMass[i] - Math.log(deviation[i]) - LOG_SQRT_2PI;
    }
  }

  /** Widths of the kernels around {@code means}, with a place left for the prior's. */
  private static double[] deviations(double[] means, double low, double high) {
    int n = means.length;
    double[] sorted = means.clone();
    Arrays.sort(sorted);
    double smallest = (high - low) / Math.min(100, n + 2);
    double[] widths = new double[n + 1];
    int[] taken = new int[n];
    for (int i = 0; i < n; i++) {
      int first = firstOf(sorted, means[i]);
      int rank = first + taken[first]++;
      double below = rank > 0 ? sorted[rank - 1] : n > 1 ? sorted[rank] : low;
      double above = rank < n - 1 ? sorted[rank + 1] : n > 1 ? sorted[rank] : high;
      double gap = Math.max(sorted[rank] - below, above - sorted[rank]);
      widths[i] = Math.clamp(gap, smallest, high - low);
    }
    return widths;
  }

  /** Where the first of the values equal to {@code value} stands. */
  private static int firstOf(double[] sorted, double value) {
    int from = 0;
    int to = sorted.length - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  static double uniform(Scale scale, SplittableRandom random) {
    return scale.outward(scale.low() + random.nextDouble() * scale.range());
  }

  /** The mean lies in the range and no kernel is wider: a third of the draws or more fit. */
  @Override
  public double sample(int kernel, SplittableRandom random) {
    double low = scale.low();
    double high = scale.high();
    double position;
    do {
      position = mean[kernel] + deviation[kernel] * random.nextGaussian();
    } while (position < low || position > high);
    return scale.outward(position);
  }

  @Override
  public void addLogs(double value, int[] kernels, int count, double[] logs) {
    if (scale.whole()) {
      double lower = scale.lower(value);
      double upper = scale.upper(value);
      for (int i = 0; i < count; i++) {
        int k = kernels[i];
        double cell = mass((lower - mean[k]) / deviation[k], (upper - mean[k]) / deviation[k]);
        logs[k] += Math.log(cell) - logMass[k];
      }
    } else {
      double position = scale.inward(value);
      for (int i = 0; i < count; i++) {
        int k = kernels[i];
        double z = (position - mean[k]) / deviation[k];
        logs[k] += peak[k] - z * z / 2;
      }
    }
  }

  @Override
  public double peak(int kernel) {
    return peak[kernel];
  }

  private static double mass(double below, double above) {
    return ErfDifference.value(below / SQRT2, above / SQRT2) / 2;
  }
}
