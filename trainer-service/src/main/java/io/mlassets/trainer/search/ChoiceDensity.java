package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The share of each choice: one kernel per observation, smoothed by the prior, and the prior. */
final class ChoiceDensity implements Density {
  private final double[] share;

  ChoiceDensity(Dimension.Choice dimension, double[] observed) {
    double[] weights = Density.weights(observed.length);
    int kernels = weights.length;
    double smoothing = 1.0 / kernels;
    share = new double[dimension.count()];
    Arrays.fill(share, weights[kernels - 1] / share.length);
    for (int i = 0; i < observed.length; i++) {
      for (int choice = 0; choice < share.length; choice++) {
        double seen = (int) observed[i] == choice ? 1 : 0;
        share[choice] += weights[i] * (seen + smoothing / share.length) / (1 + smoothing);
      }
    }
  }

  @Override
  public double sample(SplittableRandom random) {
    return Density.draw(share, random);
  }

  @Override
  public double logDensity(double value) {
    return Math.log(share[(int) value]);
  }
}
