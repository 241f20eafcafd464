package io.mlassets.trainer.search;

import java.util.SplittableRandom;

/**
 * One parameter's side of a {@link Parzen} estimator: a kernel around each value seen and, last, a
 * wide one as prior.
 */
sealed interface Kernels {

  /** Kernels so quickly judged that leaving some out is not worth the effort. */
  sealed interface Quick extends Kernels permits ChoiceKernels, RealKernels {

    /** Adds to {@code logs} every kernel's log density at a value. */
    void addLogs(double value, double[] logs);
  }

  /** Kernels of which those are left out that cannot matter. */
  sealed interface Costly extends Kernels permits WholeKernels {

    /**
     * Adds to {@code logs} some kernels' log densities at a value, and leaves those out that cannot
     * matter any more.
     *
     * @param kernels the kernels still looked at, in front; the ones that stay are moved there
     * @param count how many those are
     * @param bound what each kernel can still gain from other parameters
     * @param floor what a kernel must be able to reach
     * @return how many kernels stay
     */
    int addLogs(
        double value, int[] kernels, int count, double[] logs, double[] bound, double floor);

    /** A bound no log density of the kernel exceeds. */
    double peak(int kernel);
  }

  /** Kernels around the values of some trials, the oldest first. */
  static Kernels of(Axis axis, int[] trials, Group group) {
    return of(axis.dimension(), axis, trials, group);
  }

  private static Kernels of(Dimension dimension, Axis axis, int[] trials, Group group) {
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
}
