package io.mlassets.bench.inference;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.trainer.engine.TrainingRows;
import java.util.SplittableRandom;

/** Made-up rows with as many columns as the shipped features have, the last one categorical. */
enum MadeRows {
  /** Correlated columns, three with a few missing values, seven categories; exact as singles. */
  MARKET {
    @Override
    double fill(SplittableRandom random, double[] x, int at) {
      double common = random.nextGaussian();
      for (int c = 0; c < CATEGORY; c++) {
        boolean missing = c % 8 == 1 && random.nextInt(50) == 0;
        x[at + c] = missing ? Double.NaN : (float) (0.5 * common + 0.9 * random.nextGaussian());
      }
      x[at + CATEGORY] = random.nextInt(7);
      return 0.5 * x[at]
          + (Double.isNaN(x[at + 1]) ? 0.3 : -0.4 * x[at + 1])
          + 0.5 * Math.tanh(2 * x[at + 2])
          + 0.4 * x[at + 3] * x[at + 4]
          + (x[at + 5] > 1 ? 0.6 : 0)
          - 0.3 * x[at + 6] * x[at + 6]
          + 0.5 * Math.sin(3 * x[at + 7]) * (x[at + 8] > 0 ? 1 : 0)
          + (x[at + CATEGORY] % 3 == 0 ? 0.5 : -0.2);
    }
  },

  /** Missing values, zeros, ties, sizes from below the smallest that is no zero, 300 categories. */
  AWKWARD {
    @Override
    double fill(SplittableRandom random, double[] x, int at) {
      for (int c = 0; c < CATEGORY; c++) {
        double g = random.nextGaussian();
        x[at + c] =
            switch (c % 6) {
              case 0 -> g;
              case 1 -> random.nextInt(4) == 0 ? Double.NaN : g;
              case 2 -> random.nextInt(2) == 0 ? 0 : g;
              case 3 -> random.nextInt(10) == 0 ? Double.NaN : Math.rint(2 * g);
              case 4 -> g * Math.pow(10, random.nextInt(-37, -28));
              default -> 1e6 * Math.exp(3 * g);
            };
      }
      int category = random.nextInt(300);
      x[at + CATEGORY] = random.nextInt(20) == 0 ? Double.NaN : category;
      return x[at]
          + (Double.isNaN(x[at + 1]) ? 1 : 0.5 * x[at + 1])
          + (x[at + 2] == 0 ? 0.7 : x[at + 2] * x[at])
          + (Double.isNaN(x[at + 3]) ? -1 : 0.3 * x[at + 3])
          + (x[at + 4] > 0 ? 0.5 : 0)
          + 0.2 * Math.log(x[at + 5])
          - 2.5
          + (Double.isNaN(x[at + 7]) ? 0.5 : -0.3 * x[at + 7])
          + (category % 3 == 0 ? 1 : -0.5);
    }
  };

  static final int COLUMNS = FeatureSchema.current().size();
  static final int CATEGORY = COLUMNS - 1;

  /** One row from {@code at} on; gives the log odds of its label. */
  abstract double fill(SplittableRandom random, double[] x, int at);

  /** Rows with labels 0 and 1. */
  TrainingRows rows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count * COLUMNS];
    double[] labels = new double[count];
    for (int i = 0; i < count; i++) {
      double odds = fill(random, values, i * COLUMNS);
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    }
    return TrainingRows.unweighted(values, COLUMNS, labels, CATEGORY);
  }
}
