package io.mlassets.trainer.importance;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Permutation importance (Breiman 2001) on rows the model has not seen: how much its loss rises
 * when one column's values are dealt out anew among the rows.
 */
public final class Permutation {
  private final int repeats;
  private final long seed;

  /**
   * Shuffles.
   *
   * @param repeats shuffles per column, at least 1
   * @param seed of the shuffles
   */
  public Permutation(int repeats, long seed) {
    this.repeats = repeats;
    this.seed = seed;
  }

  /**
   * Mean rise of the loss, one per column. The values come back unchanged.
   *
   * @param rowMajor rows to judge on, changed for the time of the call
   * @param loss mean loss of the model on such rows
   */
  public double[] lossIncreases(double[] rowMajor, int columns, ToDoubleFunction<double[]> loss) {
    double before = loss.applyAsDouble(rowMajor);
    double[] increases = new double[columns];
    for (int column = 0; column < columns; column++) {
      double[] kept = column(rowMajor, columns, column);
      // A stream per column, so that a column's figure does not hang on its neighbours.
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + column);
      for (int repeat = 0; repeat < repeats; repeat++) {
        put(rowMajor, columns, column, shuffled(kept, random));
        increases[column] += (loss.applyAsDouble(rowMajor) - before) / repeats;
      }
      put(rowMajor, columns, column, kept);
    }
    return increases;
  }

  private static double[] column(double[] rowMajor, int columns, int column) {
    double[] values = new double[rowMajor.length / columns];
    for (int row = 0; row < values.length; row++) {
      values[row] = rowMajor[row * columns + column];
    }
    return values;
  }

  private static void put(double[] rowMajor, int columns, int column, double[] values) {
    for (int row = 0; row < values.length; row++) {
      rowMajor[row * columns + column] = values[row];
    }
  }

  private static double[] shuffled(double[] values, SplittableRandom random) {
    double[] dealt = values.clone();
    for (int i = dealt.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double value = dealt[i];
      dealt[i] = dealt[other];
      dealt[other] = value;
    }
    return dealt;
  }
}
