package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("T-10")
@Tag("T-11")
class CalibrationTest {

  /** The min-max formula of isotonic regression: slow, without any pooling. */
  private static double minMax(double[] sortedLabels, int at) {
    double best = Double.NEGATIVE_INFINITY;
    for (int from = 0; from <= at; from++) {
      double least = Double.POSITIVE_INFINITY;
      for (int to = at; to < sortedLabels.length; to++) {
        double mean = Arrays.stream(sortedLabels, from, to + 1).average().orElseThrow();
        least = Math.min(least, mean);
      }
      best = Math.max(best, least);
    }
    return best;
  }

  @Test
  void isotonic_fit_equals_the_min_max_formula() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 30; round++) {
      int n = 40;
      double[] raw = random.doubles(n, -3, 3).sorted().toArray();
      double[] labels = new double[n];
      for (int i = 0; i < n; i++) {
        labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-raw[i])) ? 1 : 0;
      }
      labels[0] = 1;
      labels[n - 1] = 0;
      Isotonic fit = Isotonic.fit(raw, labels);
      for (int i = 0; i < n; i++) {
        assertThat(fit.apply(raw[i])).isCloseTo(minMax(labels, i), within(1e-12));
      }
    }
  }

  @Test
  void isotonic_counts_equal_scores_as_one_and_takes_the_order_of_rows_for_nothing() {
    double[] raw = {1, 1, 0, 2, 2, -0.0};
    double[] labels = {1, 0, 0, 1, 1, 1};
    Isotonic fit = Isotonic.fit(raw, labels);
    assertThat(fit.apply(0)).isEqualTo(0.5);
    assertThat(fit.apply(1)).isEqualTo(0.5);
    assertThat(fit.apply(1.5)).isEqualTo(0.75);
    assertThat(fit.apply(2)).isEqualTo(1);
  }

  @Test
  void isotonic_is_constant_beyond_its_ends_and_never_falls() {
    Isotonic fit = new Isotonic(List.of(-1.0, 0.0, 2.0), List.of(0.2, 0.4, 0.9));
    assertThat(fit.apply(Double.NEGATIVE_INFINITY)).isEqualTo(0.2);
    assertThat(fit.apply(Double.POSITIVE_INFINITY)).isEqualTo(0.9);
    double last = 0;
    for (double raw = -2; raw < 3; raw += 0.001) {
      assertThat(fit.apply(raw)).isGreaterThanOrEqualTo(last);
      last = fit.apply(raw);
    }
  }

  @Test
  void isotonic_that_falls_or_leaves_the_unit_interval_is_refused() {
    assertThatThrownBy(() -> new Isotonic(List.of(0.0, 1.0), List.of(0.5, 0.4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.4");
    assertThatThrownBy(() -> new Isotonic(List.of(0.0, 0.0), List.of(0.5, 0.6)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Isotonic(List.of(0.0), List.of(1.5)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Isotonic(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void platt_fit_finds_the_curve_the_labels_were_drawn_from() {
    SplittableRandom random = new SplittableRandom(2);
    int n = 50_000;
    double[] raw = new double[n];
    double[] labels = new double[n];
    for (int i = 0; i < n; i++) {
      raw[i] = 2 * random.nextGaussian();
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-(0.7 * raw[i] - 0.4))) ? 1 : 0;
    }
    Platt fit = Platt.fit(raw, labels);
    assertThat(fit.slope()).isCloseTo(0.7, within(0.03));
    assertThat(fit.intercept()).isCloseTo(-0.4, within(0.03));
  }

  @Test
  void platt_fit_sits_where_the_likelihood_is_flat_and_survives_separable_labels() {
    double[] raw = {-5, -3, -2, 2, 3, 4};
    double[] labels = {0, 0, 0, 1, 1, 1};
    Platt fit = Platt.fit(raw, labels);
    assertThat(fit.apply(-2)).isLessThan(0.4);
    assertThat(fit.apply(2)).isGreaterThan(0.6);

    double[] mixed = {-1, 0, 1, 0, 1, -1};
    double[] mixedLabels = {0, 0, 1, 1, 1, 1};
    Platt best = Platt.fit(mixed, mixedLabels);
    double here = loss(best, mixed, mixedLabels);
    for (double d : new double[] {-1e-3, 1e-3}) {
      assertThat(loss(new Platt(best.slope() + d, best.intercept()), mixed, mixedLabels))
          .isGreaterThan(here);
      assertThat(loss(new Platt(best.slope(), best.intercept() + d), mixed, mixedLabels))
          .isGreaterThan(here);
    }
  }

  @Test
  void scores_that_only_know_their_folds_base_rate_get_the_constant_curve_not_a_falling_one() {
    // A model that knows nothing says the base rate of the other folds: the higher the fold's own,
    // the lower its scores.
    double[] rates = {0.1, 0.3, 0.5, 0.7, 0.9};
    double[] raw = new double[1_000];
    double[] labels = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      int fold = i / 200;
      double others = (2.5 - rates[fold]) / 4;
      raw[i] = Math.log(others / (1 - others));
      labels[i] = i % 200 < 200 * rates[fold] ? 1 : 0;
    }
    Platt fit = Platt.fit(raw, labels);
    assertThat(fit.slope()).isZero();
    assertThat(fit.apply(-3)).isEqualTo(fit.apply(3)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void where_labels_fall_with_the_score_the_fit_is_the_best_of_all_curves_that_do_not_fall() {
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < 5; round++) {
      double offset = random.nextDouble(-2, 2);
      double[] raw = random.doubles(300, -3, 3).toArray();
      double[] labels =
          Arrays.stream(raw)
              .map(x -> random.nextDouble() < 1 / (1 + Math.exp(x - offset)) ? 1 : 0)
              .toArray();
      Platt fit = Platt.fit(raw, labels);
      double here = loss(fit, raw, labels);
      for (double slope = 0; slope <= 1; slope += 0.1) {
        for (double intercept = -3; intercept <= 3; intercept += 0.1) {
          assertThat(here)
              .isLessThanOrEqualTo(loss(new Platt(slope, intercept), raw, labels) + 1e-9);
        }
      }
    }
    assertThatThrownBy(() -> new Platt(-0.1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-0.1");
  }

  private static double loss(Platt platt, double[] raw, double[] labels) {
    double ones = Arrays.stream(labels).sum();
    double loss = 0;
    for (int i = 0; i < raw.length; i++) {
      double target = labels[i] == 1 ? (ones + 1) / (ones + 2) : 1 / (labels.length - ones + 2);
      double p = platt.apply(raw[i]);
      loss -= target * Math.log(p) + (1 - target) * Math.log(1 - p);
    }
    return loss;
  }

  @Test
  void outputs_stay_probabilities_whatever_comes_in() {
    List<Calibration> all =
        List.of(
            new Platt(3, -1),
            new Beta(2, 0.5, -1),
            new Beta(0, 0, 3),
            Platt.logistic(),
            new Isotonic(List.of(0.0), List.of(0.5)),
            new Identity());
    for (Calibration calibration : all) {
      for (double raw : new double[] {-1e300, -1, -0.0, 0.3, 1, 1e300}) {
        assertThat(calibration.apply(raw)).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void labels_of_one_kind_only_are_refused() {
    assertThatThrownBy(() -> Platt.fit(new double[] {1, 2}, new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 of 2");
    assertThatThrownBy(() -> Isotonic.fit(new double[] {1, 2}, new double[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Isotonic.fit(new double[] {1, Double.NaN}, new double[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void calibration_is_read_back_from_json_exactly() {
    JsonMapper json = JsonMapper.builder().build();
    for (Calibration calibration :
        List.of(
            new Platt(1 / 3.0, -Math.PI),
            new Beta(1 / 3.0, 0, -Math.PI),
            new Isotonic(List.of(-0.1, Math.E), List.of(1 / 7.0, 0.3)),
            new Identity())) {
      String text = json.writeValueAsString(calibration);
      assertThat(json.readValue(text, Calibration.class)).isEqualTo(calibration);
    }
  }
}
