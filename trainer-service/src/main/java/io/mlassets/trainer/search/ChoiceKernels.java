package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Kernels of a choice: most weight on the choice seen, a share of the prior on every one. */
final class ChoiceKernels implements Kernels {
  private final int choices;
  private final double[] observed;

  /** Weight of the choice seen, and of each other. */
  private final double own;

  private final double other;

  /** By choice and kernel; a row is null until asked for. */
  private final double[][] table;

  ChoiceKernels(int choices, Axis axis, Chosen trials) {
    this.choices = choices;
    this.observed = Arrays.stream(trials.trials()).mapToDouble(axis::value).toArray();
    this.table = new double[choices][];
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
  public void addPeaks(double[] logs) {
    // Log probabilities fall below 0.
  }

  @Override
  public int fall(double value, int[] kernels, int count, double[] logs, double floor) {
    double[] row = logsOf((int) value);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int k = kernels[i];
      logs[k] += row[k];
      kernels[kept] = k;
      kept += logs[k] >= floor ? 1 : 0;
    }
    return kept;
  }

  /** Each kernel's log probability of a choice; made once, because candidates ask over and over. */
  private double[] logsOf(int choice) {
    if (table[choice] == null) {
      double seen = Math.log(own);
      double unseen = Math.log(other);
      double[] row = new double[observed.length + 1];
      for (int i = 0; i < observed.length; i++) {
        row[i] = observed[i] == choice ? seen : unseen;
      }
      row[observed.length] = -Math.log(choices);
      table[choice] = row;
    }
    return table[choice];
  }
}
