package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-06")
class ClassificationMetricsTest {

  private static double kernel(double one, double zero) {
    return one > zero ? 1 : one == zero ? 0.5 : 0;
  }

  /** All pairs, as the definition has it. */
  private static double slowAuc(double[] p, double[] y) {
    double wins = 0;
    double pairs = 0;
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        if (y[i] == 1 && y[j] == 0) {
          wins += kernel(p[i], p[j]);
          pairs++;
        }
      }
    }
    return wins / pairs;
  }

  /** DeLong's structural components, as the paper has them. */
  private static double slowDeLong(double[] p, double[] y) {
    double[] ones =
        IntStream.range(0, p.length).filter(i -> y[i] == 1).mapToDouble(i -> p[i]).toArray();
    double[] zeros =
        IntStream.range(0, p.length).filter(i -> y[i] == 0).mapToDouble(i -> p[i]).toArray();
    double[] v10 =
        Arrays.stream(ones)
            .map(x -> Arrays.stream(zeros).map(z -> kernel(x, z)).average().orElseThrow())
            .toArray();
    double[] v01 =
        Arrays.stream(zeros)
            .map(z -> Arrays.stream(ones).map(x -> kernel(x, z)).average().orElseThrow())
            .toArray();
    return Math.sqrt(variance(v10) / v10.length + variance(v01) / v01.length);
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  @Test
  void auc_and_its_error_equal_the_definitions_with_ties() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20; round++) {
      int n = 20 + random.nextInt(80);
      double[] p = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        p[i] = random.nextInt(11) / 10.0;
        y[i] = random.nextInt(3) == 0 ? 1 : 0;
      }
      y[0] = y[1] = 1;
      y[2] = y[3] = 0;
      ClassificationMetrics metrics = ClassificationMetrics.of(p, y);
      assertThat(metrics.auc()).isCloseTo(slowAuc(p, y), within(1e-12));
      assertThat(metrics.aucStandardError()).isCloseTo(slowDeLong(p, y), within(1e-12));
    }
  }

  /** scikit-learn's documentation of roc_auc_score, brier_score_loss and log_loss. */
  @Test
  void figures_equal_those_published_by_scikit_learn() {
    double[] y = {0, 0, 1, 1};
    assertThat(ClassificationMetrics.of(new double[] {0.1, 0.4, 0.35, 0.8}, y).auc())
        .isEqualTo(0.75);
    double[] said = {0.1, 0.9, 0.8, 0.3};
    double[] were = {0, 1, 1, 0};
    assertThat(ClassificationMetrics.of(said, were).brier()).isCloseTo(0.0375, within(1e-15));
    double[] p = {0.9, 0.1, 0.2, 0.65};
    double[] spam = {1, 0, 0, 1};
    assertThat(ClassificationMetrics.of(p, spam).logLoss()).isCloseTo(0.21616, within(5e-6));
  }

  @Test
  void the_base_brier_is_that_of_always_saying_the_base_rate() {
    double[] y = {0, 0, 0, 1};
    double[] base = {0.25, 0.25, 0.25, 0.25};
    ClassificationMetrics metrics = ClassificationMetrics.of(base, y);
    assertThat(metrics.baseRate()).isEqualTo(0.25);
    assertThat(metrics.brier()).isEqualTo(metrics.baseBrier());
    assertThat(metrics.auc()).isEqualTo(0.5);
  }

  @Test
  void certain_and_wrong_costs_much_but_not_infinitely_much() {
    assertThat(ClassificationMetrics.of(new double[] {1, 0}, new double[] {0, 1}).logLoss())
        .isBetween(30.0, 40.0);
  }

  @Test
  void blocks_of_single_rows_give_about_delong_s_error_and_copied_rows_a_larger_one() {
    SplittableRandom random = new SplittableRandom(3);
    int n = 600;
    int copies = 9;
    double[] p = new double[n * copies];
    double[] y = new double[n * copies];
    long[] block = new long[n * copies];
    for (int i = 0; i < n; i++) {
      double score = random.nextDouble();
      double label = random.nextDouble() < score ? 1 : 0;
      for (int c = 0; c < copies; c++) {
        p[i * copies + c] = score;
        y[i * copies + c] = label;
        block[i * copies + c] = i;
      }
    }
    double naive = ClassificationMetrics.of(p, y).aucStandardError();
    double honest = ofBlocks(p, y, block).aucStandardError();
    assertThat(honest / naive).isCloseTo(3, within(0.4));
    long[] single = IntStream.range(0, p.length).mapToLong(i -> i).toArray();
    double rows = ofBlocks(p, y, single).aucStandardError();
    assertThat(rows / naive).isCloseTo(1, within(0.15));
    assertThat(ofBlocks(p, y, block).aucStandardError()).isEqualTo(honest);
  }

  private static ClassificationMetrics ofBlocks(double[] p, double[] y, long[] blocks) {
    return ClassificationMetrics.ofFolds(p, y, new int[p.length], blocks, 400, 1);
  }

  @Test
  void what_is_no_probability_or_no_label_is_refused() {
    double[] y = {0, 1};
    assertThatThrownBy(() -> ClassificationMetrics.of(new double[] {0.5, 1.1}, y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.1");
    assertThatThrownBy(() -> ClassificationMetrics.of(new double[] {0.5}, y))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClassificationMetrics.of(new double[] {0.5, 0.5}, new double[] {0, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.0");
  }

  @Test
  void rmse_equals_hand_counted_figures() {
    Rmse rmse = Rmse.of(new double[] {1, 2, 5}, new double[] {1, 4, 4});
    assertThat(rmse.rmse()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-15));
    assertThat(rmse.baseRmse()).isCloseTo(Math.sqrt(2), within(1e-15));
  }

  @Test
  void the_auc_within_groups_counts_only_pairs_of_one_group() {
    SplittableRandom random = new SplittableRandom(12);
    double[] p = random.doubles(300).toArray();
    double[] y = random.ints(300, 0, 2).asDoubleStream().toArray();
    int[] group = random.ints(300, 0, 4).toArray();
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        if (group[i] == group[j] && y[i] == 1 && y[j] == 0) {
          won += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    assertThat(ClassificationMetrics.aucWithin(p, y, group)).isCloseTo(won / pairs, within(1e-12));
    assertThat(
            ClassificationMetrics.aucWithin(
                new double[] {0.1, 0.2}, new double[] {0, 1}, new int[] {0, 1}))
        .isNaN();
  }
}
