package io.mlassets.trainer.search;

import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.ErfDifference;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * Normal distributions cut to the range: one around each observation, as wide as its {@link Group}
 * says by the gaps to its neighbours (the ends of the range count as neighbours of an only
 * observation), at least the range over {@code min(100, (n + 2)^1.5)}; and a wide one in the middle
 * as prior. These are the definitions of Optuna 5 ("magic clip", no end points) but for the
 * exponent, which is 1 there and keeps the kernels of ten good trials a twelfth of the range wide.
 * It is the α that Watanabe varies (Tree-Structured Parzen Estimator, arXiv 2304.11127, "magic
 * clipping"); with 2 the search closes in too early on whole numbers and choices.
 */
final class Gaussians {
  private static final double SQRT2 = Math.sqrt(2);
  private static final double LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);

  /** So many deviations from both ends nothing of a kernel is cut off in double precision. */
  private static final double UNCUT = 8.5;

  private final Scale scale;
  final double[] mean;
  final double[] deviation;

  /** One over the deviations. */
  final double[] precision;

  /** Log of a kernel's density at its mean; for whole numbers the bound of a cell's probability. */
  private final double[] peak;

  /** For each kernel the first one equal to it: whole numbers repeat. */
  final int[] twin;

  Gaussians(Scale scale, Axis axis, Chosen trials, Group group) {
    this.scale = scale;
    int n = trials.count();
    int[] numbers = trials.trials();
    mean = new double[n + 1];
    for (int i = 0; i < n; i++) {
      mean[i] = axis.position(numbers[i]);
    }
    deviation = new double[n + 1];
    twin = new int[n + 1];
    measure(axis.orderOf(trials), scale.low(), scale.high(), group);
    mean[n] = (scale.low() + scale.high()) / 2;
    deviation[n] = scale.high() - scale.low();
    twin[n] = n;
    precision = new double[n + 1];
    peak = new double[n + 1];
    for (int i = 0; i < n; i++) {
      precision[i] = 1 / deviation[i];
      peak[i] = axis.peak(numbers[i], deviation[i], this::peakOf);
    }
    precision[n] = 1 / deviation[n];
    peak[n] = peakOf(mean[n], deviation[n]);
  }

  /** Finds widths and twins of the kernels around observations, by their order. */
  private void measure(int[] order, double low, double high, Group group) {
    int n = order.length;
    double smallest = (high - low) / Math.min(100, (n + 2) * Math.sqrt(n + 2));
    int earliest = 0;
    for (int rank = 0; rank < n; rank++) {
      int i = order[rank];
      double here = mean[i];
      double below = rank > 0 ? mean[order[rank - 1]] : n > 1 ? here : low;
      double above = rank < n - 1 ? mean[order[rank + 1]] : n > 1 ? here : high;
      deviation[i] =
          Math.min(Math.max(group.width(here - below, above - here), smallest), high - low);
      earliest = rank == 0 || below < here ? i : earliest;
      twin[i] = deviation[earliest] == deviation[i] ? earliest : i;
    }
  }

  void addPeaks(double[] logs) {
    for (int k = 0; k < logs.length; k++) {
      logs[k] += peak[k];
    }
  }

  private double peakOf(double center, double width) {
    double below = (scale.low() - center) / width;
    double above = (scale.high() - center) / width;
    double logMass = below < -UNCUT && above > UNCUT ? 0 : Math.log(mass(below, above));
    return scale.whole() ? -logMass : -logMass - Math.log(width) - LOG_SQRT_2PI;
  }

  /** Log of what a kernel has, before the cut, between two positions. */
  double logMass(int kernel, double lower, double upper) {
    double width = deviation[kernel];
    return Math.log(mass((lower - mean[kernel]) / width, (upper - mean[kernel]) / width));
  }

  /** The mean lies in the range and no kernel is wider: a third of the draws or more fit. */
  double sample(int kernel, SplittableRandom random) {
    double position;
    do {
      position = mean[kernel] + deviation[kernel] * random.nextGaussian();
    } while (position < scale.low() || position > scale.high());
    return scale.outward(position);
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
