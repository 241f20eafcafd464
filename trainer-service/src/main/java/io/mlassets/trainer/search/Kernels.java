package io.mlassets.trainer.search;

import java.util.SplittableRandom;

/**
 * One parameter's side of a {@link Parzen} estimator: a kernel around each value seen and, last, a
 * wide one as prior.
 */
sealed interface Kernels permits NumberKernels, ChoiceKernels {

  /** Kernels around {@code observed} values, the oldest first. */
  static Kernels of(Dimension dimension, double[] observed) {
    return switch (dimension) {
      case Dimension.Choice choice -> new ChoiceKernels(choice.count(), observed);
      case Dimension.Real real -> new NumberKernels(Scale.of(real), observed);
      case Dimension.Whole whole -> new NumberKernels(Scale.of(whole), observed);
      case Dimension.When when -> of(when.dimension(), observed);
    };
  }

  /** Every value alike, on the parameter's scale. */
  static double uniform(Dimension dimension, SplittableRandom random) {
    return switch (dimension) {
      case Dimension.Choice choice -> random.nextInt(choice.count());
      case Dimension.Real real -> NumberKernels.uniform(Scale.of(real), random);
      case Dimension.Whole whole -> NumberKernels.uniform(Scale.of(whole), random);
      case Dimension.When when -> uniform(when.dimension(), random);
    };
  }

  /** A value of the parameter from one kernel. */
  double sample(int kernel, SplittableRandom random);

  /**
   * Adds to {@code logs} each kernel's log density at a value, and leaves those kernels out that
   * cannot matter any more.
   *
   * @param kernels the kernels still looked at, in front; the ones that stay are moved there
   * @param count how many those are
   * @param bound what each kernel can still gain from other parameters
   * @param floor what a kernel must be able to reach
   * @return how many kernels stay
   */
  int addLogs(double value, int[] kernels, int count, double[] logs, double[] bound, double floor);

  /** A bound no log density of the kernel exceeds. */
  double peak(int kernel);
}
