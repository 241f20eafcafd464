package io.mlassets.trainer.engine;

import io.mlassets.model.Objective;
import java.math.BigDecimal;

/**
 * What XGBoost's first tree starts from: the weighted mean of the training labels, as LightGBM's
 * does, so that neither engine spends trees on finding it.
 *
 * <p>For a classification the engine takes the log odds in single precision by its platform's
 * {@code logf}, whose last bit is not the same everywhere. Of the numbers around the mean, less
 * than 0.00005 away, one is taken whose exact log odds are so near a number of single precision
 * that any {@code logf} with an error below 0.83 units gives it: scores in Java equal the engine's
 * on every platform.
 */
final class BaseScore {
  /** The engine takes only probabilities between 0 and 1. */
  private static final double SMALLEST = 1e-6;

  /** In units of the last place; glibc's {@code logf} is wrong by less than 0.82. */
  private static final double NEAR = 0.17;

  private BaseScore() {}

  /** The mean of the labels, by weight where there are weights; 0 where all weights are. */
  static double mean(TrainingRows rows) {
    double sum = 0;
    double total = 0;
    double[] weights = rows.weights();
    for (int i = 0; i < rows.rows(); i++) {
      double weight = weights == null ? 1 : weights[i];
      sum += weight * rows.labels()[i];
      total += weight;
    }
    return total == 0 ? 0 : sum / total;
  }

  /** As the engine reads it. */
  static String text(Objective objective, double mean) {
    float score =
        switch (objective) {
          case BINARY -> probability(mean);
          case REGRESSION -> (float) mean;
        };
    // The engine's own reader of exponents rounds more than once.
    return new BigDecimal(Float.toString(score)).toPlainString();
  }

  private static float probability(double mean) {
    float up = (float) Math.clamp(mean, SMALLEST, 1 - SMALLEST);
    float down = up;
    while (true) {
      if (isFarFromTheNext(up)) {
        return up;
      }
      if (isFarFromTheNext(down)) {
        return down;
      }
      up = Math.nextUp(up);
      down = Math.nextDown(down);
    }
  }

  private static boolean isFarFromTheNext(float probability) {
    double odds = StrictMath.log(1.0f / probability - 1.0f);
    float rounded = (float) odds;
    return Math.abs(odds - rounded) <= NEAR * Math.ulp(rounded);
  }
}
