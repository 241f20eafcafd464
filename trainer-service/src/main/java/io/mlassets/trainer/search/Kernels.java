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
      case Dimension.Real real ->
          new NumberKernels(new Scale(real.low(), real.high(), real.log(), false), observed);
      case Dimension.Whole whole ->
          new NumberKernels(new Scale(whole.low(), whole.high(), whole.log(), true), observed);
      case Dimension.When when -> of(when.dimension(), observed);
    };
  }

  /** Every value alike, on the parameter's scale. */
  static double uniform(Dimension dimension, SplittableRandom random) {
    return switch (dimension) {
      case Dimension.Choice choice -> random.nextInt(choice.count());
      case Dimension.Real real ->
          NumberKernels.uniform(new Scale(real.low(), real.high(), real.log(), false), random);
      case Dimension.Whole whole ->
          NumberKernels.uniform(new Scale(whole.low(), whole.high(), whole.log(), true), random);
      case Dimension.When when -> uniform(when.dimension(), random);
    };
  }

  /** A value of the parameter from one kernel. */
  double sample(int kernel, SplittableRandom random);

  /** Adds to {@code logs} the log density at a value of each of the first {@code count} kernels. */
  void addLogs(double value, int[] kernels, int count, double[] logs);

  /** A bound no log density of the kernel exceeds. */
  double peak(int kernel);
}
