package io.mlassets.bench.inference;

import java.util.SplittableRandom;

/**
 * Rows to ask a model about: half of them cells of training rows with a threshold of the model now
 * and then, half of them mostly what is hard to get right, down to the last bit of a threshold.
 */
final class Probes {
  /** LightGBM takes what is nearer to zero for zero. */
  private static final double NEAR_ZERO = 1e-35f;

  private final TrainedModel model;
  private final ModelNumbers numbers;
  private final SplittableRandom random;

  Probes(TrainedModel model, long seed) {
    this.model = model;
    numbers = ModelNumbers.of(model.engine(), model.text(), model.trees().columns());
    random = new SplittableRandom(seed);
  }

  /** The next rows, row after row. */
  double[] next(int count) {
    int columns = model.trees().columns();
    double[] rows = new double[count * columns];
    for (int i = 0; i < count; i++) {
      boolean wild = random.nextBoolean();
      for (int column = 0; column < columns; column++) {
        rows[i * columns + column] = wild ? wild(column) : tame(column);
      }
    }
    return rows;
  }

  private double tame(int column) {
    return random.nextInt(8) == 0 ? threshold(column) : trained(column);
  }

  private double wild(int column) {
    int sign = random.nextBoolean() ? 1 : -1;
    return switch (random.nextInt(20)) {
      case 0, 1 -> Double.NaN;
      case 2 -> sign * 0.0;
      case 3 -> sign * Double.POSITIVE_INFINITY;
      case 4 -> sign * Double.MIN_VALUE * random.nextInt(1, 1_000);
      case 5 -> sign * Float.MIN_VALUE * random.nextInt(1, 1_000);
      case 6 -> Math.nextUp(threshold(column));
      case 7 -> Math.nextDown(threshold(column));
      case 8 -> Math.nextUp((float) threshold(column));
      case 9 -> Math.nextDown((float) threshold(column));
      case 10, 11 -> threshold(column);
      case 12 -> random.nextInt(-5, 400);
      case 13 -> random.nextDouble(-2, 400);
      case 14 -> sign * Math.scalb(random.nextDouble(1, 2), random.nextInt(-1_020, 1_020));
      case 15 -> sign * NEAR_ZERO * (1 + random.nextInt(-2, 3) * 0x1p-52);
      case 16 -> sign * Math.pow(2, random.nextInt(20, 66));
      default -> trained(column);
    };
  }

  private double threshold(int column) {
    double[] own = numbers.thresholds().get(column);
    return own.length == 0 ? trained(column) : own[random.nextInt(own.length)];
  }

  private double trained(int column) {
    int row = random.nextInt(model.rows().rows());
    return model.rows().rowMajor()[row * model.rows().columns() + column];
  }
}
