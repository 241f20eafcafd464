package io.mlassets.trainer.search;

import java.util.SplittableRandom;

/**
 * One parameter's side of a {@link Parzen} estimator: a kernel around each value seen and, last, a
 * wide one as prior. Of its log density at a value, each kernel has a peak that does not depend on
 * the value and what it falls below it.
 */
sealed interface Kernels permits ChoiceKernels, RealKernels, WholeKernels {

  /** Kernels around the values of some trials, the oldest first. */
  static Kernels of(Axis axis, Chosen trials, Group group) {
    return of(axis.dimension(), axis, trials, group);
  }

  private static Kernels of(Dimension dimension, Axis axis, Chosen trials, Group group) {
    return switch (dimension) {
      case Dimension.Choice choice -> new ChoiceKernels(choice.count(), axis, trials);
      case Dimension.Real real -> new RealKernels(Scale.of(real), axis, trials, group);
      case Dimension.Whole whole -> new WholeKernels(Scale.of(whole), axis, trials, group);
      case Dimension.When when -> of(when.dimension(), axis, trials, group);
    };
  }

  /** Every value alike, on the parameter's scale. */
  static double uniform(Dimension dimension, SplittableRandom random) {
    return switch (dimension) {
      case Dimension.Choice choice -> random.nextInt(choice.count());
      case Dimension.Real real -> Scale.of(real).uniform(random);
      case Dimension.Whole whole -> Scale.of(whole).uniform(random);
      case Dimension.When when -> uniform(when.dimension(), random);
    };
  }

  /** A value of the parameter from one kernel. */
  double sample(int kernel, SplittableRandom random);

  /** Adds to {@code logs} a bound for every kernel that no log density of it exceeds. */
  void addPeaks(double[] logs);

  /**
   * Takes from {@code logs} what some kernels fall below their peaks at a value, and leaves those
   * out that cannot matter any more.
   *
   * @param kernels the kernels still looked at, in front; the ones that stay are moved there
   * @param count how many those are
   * @param floor what the logarithm of a kernel that matters reaches
   * @return how many kernels stay
   */
  int fall(double value, int[] kernels, int count, double[] logs, double floor);
}
