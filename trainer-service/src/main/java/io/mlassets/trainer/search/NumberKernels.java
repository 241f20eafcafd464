package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.ErfDifference;
import org.apache.commons.numbers.gamma.Erfc;

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

  /** One over the deviations. */
  private final double[] precision;

  /** Log of what is left of each kernel after the cut. */
  private final double[] logMass;

  private final double[] peak;

  /** For each kernel the first one equal to it: whole numbers repeat. */
  private final int[] twin;

  /** Log probabilities of whole numbers' cells, by number and kernel; 0 is not known yet. */
  private final Map<Double, double[]> cells = new HashMap<>();

  NumberKernels(Scale scale, double[] observed) {
    this.scale = scale;
    int n = observed.length;
    double low = scale.low();
    double high = scale.high();
    mean = new double[n + 1];
    for (int i = 0; i < n; i++) {
      mean[i] = scale.inward(observed[i]);
    }
    deviation = new double[n + 1];
    twin = new int[n + 1];
    measure(n, low, high);
    mean[n] = (low + high) / 2;
    deviation[n] = high - low;
    twin[n] = n;
    logMass = new double[n + 1];
    precision = new double[n + 1];
    peak = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      if (twin[i] < i) {
        precision[i] = precision[twin[i]];
        logMass[i] = logMass[twin[i]];
        peak[i] = peak[twin[i]];
        continue;
      }
      precision[i] = 1 / deviation[i];
      double below = (low - mean[i]) * precision[i];
      double above = (high - mean[i]) * precision[i];
      logMass[i] = below < -UNCUT && above > UNCUT ? 0 : Math.log(mass(below, above));
      peak[i] = scale.whole() ? -logMass[i] : -logMass[i] - Math.log(deviation[i]) - LOG_SQRT_2PI;
    }
  }

  /** Finds widths and twins of the kernels around observations. */
  private void measure(int n, double low, double high) {
    double[] sorted = Arrays.copyOf(mean, n);
    Arrays.sort(sorted);
    double smallest = (high - low) / Math.min(100, n + 2);
    int[] taken = new int[n];
    int[] earliest = new int[n];
    for (int i = 0; i < n; i++) {
      int first = firstOf(sorted, mean[i]);
      int rank = first + taken[first]++;
      double below = rank > 0 ? sorted[rank - 1] : n > 1 ? sorted[rank] : low;
      double above = rank < n - 1 ? sorted[rank + 1] : n > 1 ? sorted[rank] : high;
      double gap = Math.max(sorted[rank] - below, above - sorted[rank]);
      deviation[i] = Math.clamp(gap, smallest, high - low);
      earliest[first] = rank == first ? i : earliest[first];
      twin[i] = deviation[earliest[first]] == deviation[i] ? earliest[first] : i;
    }
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
    return scale.outward(scale.low() + random.nextDouble() * (scale.high() - scale.low()));
  }

  /** The mean lies in the range and no kernel is wider: a third of the draws or more fit. */
  @Override
  public double sample(int kernel, SplittableRandom random) {
    double position;
    do {
      position = mean[kernel] + deviation[kernel] * random.nextGaussian();
    } while (position < scale.low() || position > scale.high());
    return scale.outward(position);
  }

  @Override
  public int addLogs(
      double value, int[] kernels, int count, double[] logs, double[] bound, double floor) {
    return scale.whole()
        ? addCells(value, kernels, count, logs, bound, floor)
        : addPoints(value, kernels, count, logs, bound, floor);
  }

  private int addPoints(
      double value, int[] kernels, int count, double[] logs, double[] bound, double floor) {
    double position = scale.inward(value);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int k = kernels[i];
      double z = (position - mean[k]) * precision[k];
      double log = logs[k] + peak[k] - z * z / 2;
      logs[k] = log;
      kernels[kept] = k;
      kept += log + bound[k] >= floor ? 1 : 0;
    }
    return kept;
  }

  private int addCells(
      double value, int[] kernels, int count, double[] logs, double[] bound, double floor) {
    double lower = scale.inward(value - 0.5);
    double upper = scale.inward(value + 0.5);
    // The candidates of one proposal are few values: what was found is kept.
    double[] known = cells.computeIfAbsent(value, v -> new double[mean.length]);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int k = kernels[i];
      int same = twin[k];
      if (known[same] == 0) {
        double below = (lower - mean[k]) * precision[k];
        double above = (upper - mean[k]) * precision[k];
        // What lies beyond z has at most exp(−z²/2) of a normal distribution.
        double z = Math.max(0, Math.max(below, -above));
        if (logs[k] + peak[k] - z * z / 2 + bound[k] < floor) {
          continue;
        }
        known[same] = Math.log(mass(below, above));
      }
      logs[k] += known[same] + peak[k];
      kernels[kept] = k;
      kept += logs[k] + bound[k] >= floor ? 1 : 0;
    }
    return kept;
  }

  @Override
  public double peak(int kernel) {
    return peak[kernel];
  }

  /** Probability of a standard normal value between two. */
  private static double mass(double below, double above) {
    if (above > UNCUT && below <= 0) {
      return Erfc.value(below / SQRT2) / 2;
    }
    if (below < -UNCUT && above >= 0) {
      return Erfc.value(-above / SQRT2) / 2;
    }
    return ErfDifference.value(below / SQRT2, above / SQRT2) / 2;
  }
}
