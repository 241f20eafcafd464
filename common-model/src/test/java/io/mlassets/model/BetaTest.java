package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-10")
class BetaTest {

  @Test
  void one_one_and_nought_is_the_identity_on_probabilities() {
    for (double raw = -8; raw <= 8; raw += 0.25) {
      assertThat(new Beta(1, 1, 0).apply(raw)).isCloseTo(1 / (1 + Math.exp(-raw)), within(1e-15));
    }
  }

  @Test
  void the_curve_is_that_of_the_paper_and_never_falls() {
    Beta beta = new Beta(0.4, 1.7, -0.3);
    double last = 0;
    for (double raw = -8; raw <= 8; raw += 0.25) {
      double q = 1 / (1 + Math.exp(-raw));
      // Kull et al. 2017, equation 3
      double paper = 1 / (1 + 1 / (Math.exp(-0.3) * Math.pow(q, 0.4) / Math.pow(1 - q, 1.7)));
      assertThat(beta.apply(raw)).isCloseTo(paper, within(1e-9)).isGreaterThanOrEqualTo(last);
      last = beta.apply(raw);
    }
    assertThatThrownBy(() -> new Beta(-0.1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Beta(1, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Logistic regression of scikit-learn 1.9.1 on ln q and −ln(1 − q), smoothed targets. */
  @Test
  void the_fit_equals_that_of_scikit_learn() {
    SampleLabels sample = SampleLabels.of(500);
    double[] raw = Arrays.stream(sample.said()).map(p -> 6 * p - 3).toArray();
    Beta fit = Beta.fit(raw, sample.labels());
    assertThat(fit.a()).isCloseTo(0.5080089097058771, within(1e-9));
    assertThat(fit.b()).isCloseTo(0.14863197619486487, within(1e-9));
    assertThat(fit.c()).isCloseTo(0.07061570549747376, within(1e-9));
  }

  @Test
  void where_the_free_optimum_falls_the_fit_is_the_best_of_a_fine_grid_that_does_not() {
    SplittableRandom random = new SplittableRandom(5);
    int bounded = 0;
    for (int round = 0; round < 12; round++) {
      double bend = 3 * random.nextDouble() - 1.5;
      double[] raw = random.doubles(300, -3, 3).toArray();
      double[] labels =
          Arrays.stream(raw)
              .map(x -> random.nextDouble() < 1 / (1 + Math.exp(-bend * x * x + 1)) ? 1 : 0)
              .toArray();
      labels[0] = 1;
      labels[1] = 0;
      Beta fit = Beta.fit(raw, labels);
      bounded += fit.a() == 0 || fit.b() == 0 ? 1 : 0;
      double here = loss(fit, raw, labels);
      for (double a = 0; a <= 3; a += 0.25) {
        for (double b = 0; b <= 3; b += 0.25) {
          for (double c = -3; c <= 3; c += 0.25) {
            assertThat(here).isLessThanOrEqualTo(loss(new Beta(a, b, c), raw, labels) + 1e-9);
          }
        }
      }
    }
    assertThat(bounded).isBetween(3, 12);
  }

  @Test
  void separable_labels_and_scores_that_know_nothing_give_finite_curves() {
    Beta sure = Beta.fit(new double[] {-4, -3, -2, 2, 3, 4}, new double[] {0, 0, 0, 1, 1, 1});
    assertThat(sure.apply(-2)).isLessThan(0.4);
    assertThat(sure.apply(2)).isGreaterThan(0.6);
    Beta constant = Beta.fit(new double[] {0.1, 0.1, 0.1, 0.1}, new double[] {0, 1, 0, 0});
    assertThat(constant.apply(0.1)).isBetween(0.2, 0.4);
    assertThatThrownBy(() -> Beta.fit(new double[] {1, 2}, new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double loss(Beta beta, double[] raw, double[] labels) {
    double ones = Arrays.stream(labels).sum();
    double loss = 0;
    for (int i = 0; i < raw.length; i++) {
      double target = labels[i] == 1 ? (ones + 1) / (ones + 2) : 1 / (labels.length - ones + 2);
      double p = beta.apply(raw[i]);
      loss -= target * Math.log(p) + (1 - target) * Math.log(1 - p);
    }
    return loss / raw.length;
  }
}
