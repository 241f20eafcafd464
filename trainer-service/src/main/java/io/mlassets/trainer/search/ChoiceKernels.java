package io.mlassets.trainer.search;

import java.util.SplittableRandom;

/** Kernels of a choice: most weight on the choice seen, a share of the prior on every one. */
final class ChoiceKernels implements Kernels {
  private final int choices;
  private final double[] observed;

  /** Weight of the choice seen, and of each other. */
  private final double own;

  private final double other;

  ChoiceKernels(int choices, double[] observed) {
    this.choices = choices;
    this.observed = observed;
    double prior = 1.0 / (observed.length + 1);
    double sum = 1 + choices * prior;
    own = (1 + prior) / sum;
    other = prior / sum;
  }

  @Override
  public double sample(int kernel, SplittableRandom random) {
    if (kernel == observed.length) {
      return random.nextInt(choices);
    }
    double left = random.nextDouble();
    for (int choice = 0; choice < choices - 1; choice++) {
      left -= choice == (int) observed[kernel] ? own : other;
      if (left < 0) {
        return choice;
      }
    }
    return choices - 1;
  }

  @Override
  public int addLogs(
      double value, int[] kernels, int count, double[] logs, double[] bound, double floor) {
    double seen = Math.log(own);
    double unseen = Math.log(other);
    double prior = -Math.log(choices);
    for (int i = 0; i < count; i++) {
      int kernel = kernels[i];
      logs[kernel] += kernel == observed.length ? prior : observed[kernel] == value ? seen : unseen;
    }
    return count;
  }

  @Override
  public double peak(int kernel) {
    return 0;
  }
}
