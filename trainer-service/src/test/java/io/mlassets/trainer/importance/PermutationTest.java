package io.mlassets.trainer.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-10")
class PermutationTest {
  private static final int ROWS = 4_000;

  /**
   * Rows of three columns and the loss of a model that says {@code 2 a + b}, which is the truth.
   */
  private static double[] rows() {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = new double[3 * ROWS];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  private static ToDoubleFunction<double[]> loss(double[] truth) {
    double[] labels = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = 2 * truth[3 * row] + truth[3 * row + 1];
    }
    return x -> {
      double sum = 0;
      for (int row = 0; row < ROWS; row++) {
        double off = 2 * x[3 * row] + x[3 * row + 1] - labels[row];
        sum += off * off;
      }
      return sum / ROWS;
    };
  }

  @Test
  void a_column_costs_twice_its_variance_times_its_squared_weight_and_an_unused_one_nothing() {
    double[] rows = rows();
    double[] increases = new Permutation(5, 7).lossIncreases(rows, 3, loss(rows.clone()));
    assertThat(increases[0]).isCloseTo(8, within(0.4));
    assertThat(increases[1]).isCloseTo(2, within(0.15));
    assertThat(increases[2]).isZero();
  }

  @Test
  void the_rows_come_back_as_they_were_and_the_same_seed_says_the_same() {
    double[] rows = rows();
    double[] before = rows.clone();
    double[] first = new Permutation(2, 7).lossIncreases(rows, 3, loss(before));
    assertThat(rows).isEqualTo(before);
    assertThat(new Permutation(2, 7).lossIncreases(rows, 3, loss(before))).isEqualTo(first);
    assertThat(new Permutation(2, 8).lossIncreases(rows, 3, loss(before))).isNotEqualTo(first);
  }
}
