package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A distribution over one parameter, learned from the values trials had. */
sealed interface Density permits NumberDensity, ChoiceDensity {

  /** A value of the parameter. */
  double sample(SplittableRandom random);

  /** Logarithm of the density at a value of the parameter, up to a constant of the parameter. */
  double logDensity(double value);

  /** The density around {@code observed}, the oldest first, mixed with the prior. */
  static Density of(Dimension dimension, double[] observed) {
    return switch (dimension) {
      case Dimension.Choice choice -> new ChoiceDensity(choice, observed);
      case Dimension.Real real ->
          new NumberDensity(new Scale(real.low(), real.high(), real.log(), false), observed);
      case Dimension.Whole whole ->
          new NumberDensity(new Scale(whole.low(), whole.high(), whole.log(), true), observed);
    };
  }

  /** Every value alike, on the parameter's scale. */
  static Density uniform(Dimension dimension) {
    return switch (dimension) {
      case Dimension.Choice choice -> new ChoiceDensity(choice, new double[0]);
      case Dimension.Real real ->
          NumberDensity.uniform(new Scale(real.low(), real.high(), real.log(), false));
      case Dimension.Whole whole ->
          NumberDensity.uniform(new Scale(whole.low(), whole.high(), whole.log(), true));
    };
  }

  /**
   * Optuna's weights of the observations and, last, of the prior: all 1 up to 25 observations, then
   * the oldest fade in from {@code 1/n}. They add up to one.
   */
  static double[] weights(int observed) {
    double[] weights = new double[observed + 1];
    Arrays.fill(weights, 1);
    int fading = observed - 25;
    for (int i = 0; i < fading; i++) {
      double share = fading == 1 ? 0 : (double) i / (fading - 1);
      weights[i] = 1.0 / observed + share * (1 - 1.0 / observed);
    }
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  /** An index drawn by weights that add up to one. */
  static int draw(double[] weights, SplittableRandom random) {
    double left = random.nextDouble();
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
