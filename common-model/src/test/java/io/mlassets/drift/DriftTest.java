package io.mlassets.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.policy.DriftRules;
import io.mlassets.policy.RiskWatchRules;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final DriftRules RULES =
      new DriftRules(0.25, 0.5, 100, 0.15, 30, RiskWatchRules.DEFAULTS);

  private static double[] normal(int n, double mean, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = mean + random.nextGaussian();
    }
    return values;
  }

  @Test
  @Tag("V-02")
  void psi_agrees_with_counting_by_hand() {
    double[] sample = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    FeatureReference reference = FeatureReference.of("x", sample, 5);
    assertThat(reference.edges()).containsExactly(3, 5, 7, 9);
    assertThat(reference.counts()).containsExactly(2, 2, 2, 2, 2, 0);
    double[] live = {0, 1, 2, 2.5, 3, 5, 7, 9.5, 11, 12};
    // bins: 4, 1, 1, 1, 3
    double expected =
        (0.4 - 0.2) * Math.log(2) + 3 * (0.1 - 0.2) * Math.log(0.5) + (0.3 - 0.2) * Math.log(1.5);
    assertThat(FeatureDrift.between(reference, live, RULES).psi())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  @Tag("V-02")
  void without_change_small_samples_cross_a_fixed_threshold_but_not_ours() {
    int beyondFixed = 0;
    int drifted = 0;
    for (long seed = 0; seed < 300; seed++) {
      FeatureReference reference = FeatureReference.of("x", normal(100, 0, seed), 10);
      FeatureDrift drift = FeatureDrift.between(reference, normal(100, 0, 10_000 + seed), RULES);
      beyondFixed += drift.psi() > 0.1 ? 1 : 0;
      drifted += drift.drifted() ? 1 : 0;
    }
    assertThat(beyondFixed).isGreaterThan(200);
    assertThat(drifted).isLessThanOrEqualTo(4);
  }

  @Test
  @Tag("V-02")
  void a_shifted_feature_has_drifted_and_says_by_how_much() {
    FeatureReference reference = FeatureReference.of("x", normal(5_000, 0, 1), 10);
    FeatureDrift drift = FeatureDrift.between(reference, normal(500, 1, 2), RULES);
    assertThat(drift.drifted()).isTrue();
    assertThat(drift.meanShift()).isCloseTo(1, within(0.1));
    assertThat(drift.psi()).isGreaterThan(drift.psiThreshold());
  }

  @Test
  @Tag("V-02")
  void too_few_rows_are_never_judged() {
    FeatureReference reference = FeatureReference.of("x", normal(5_000, 0, 1), 10);
    assertThat(FeatureDrift.between(reference, normal(99, 5, 2), RULES).drifted()).isFalse();
    assertThat(FeatureDrift.between(reference, new double[0], RULES).drifted()).isFalse();
  }

  @Test
  @Tag("V-02")
  void missing_values_have_a_bin_of_their_own() {
    double[] sample = normal(1_000, 0, 3);
    FeatureReference reference = FeatureReference.of("x", sample, 10);
    double[] live = normal(1_000, 0, 4);
    Arrays.fill(live, 0, 600, Double.NaN);
    FeatureDrift drift = FeatureDrift.between(reference, live, RULES);
    assertThat(reference.counts()[10]).isZero();
    assertThat(drift.drifted()).isTrue();
    assertThat(drift.meanShift()).isCloseTo(0, within(0.2));
  }

  @Test
  @Tag("V-02")
  void a_feature_that_never_varied_is_watched_too() {
    double[] sample = new double[500];
    Arrays.fill(sample, 3);
    FeatureReference reference = FeatureReference.of("x", sample, 10);
    assertThat(FeatureDrift.between(reference, sample, RULES).psi()).isZero();
    double[] other = new double[500];
    Arrays.fill(other, 2.9);
    assertThat(FeatureDrift.between(reference, other, RULES).drifted()).isTrue();
  }

  @Test
  void counts_that_do_not_fit_the_edges_are_refused() {
    assertThatThrownBy(
            () -> new FeatureReference("x", new double[] {1}, new long[] {1, 2}, 0, 1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not fit");
  }

  @Test
  @Tag("V-03")
  void a_gap_over_ten_trades_is_luck_in_one_case_of_six() {
    WinRateGap gap = WinRateGap.of(10, 4, 0.6, RULES);
    double byHand = 0;
    double[] choose = {1, 10, 45, 120, 210};
    for (int k = 0; k <= 4; k++) {
      byHand += choose[k] * Math.pow(0.6, k) * Math.pow(0.4, 10 - k);
    }
    assertThat(gap.pValue()).isCloseTo(byHand, within(1e-12)).isCloseTo(0.166, within(1e-3));
    assertThat(gap.gap()).isCloseTo(0.2, within(1e-12));
    assertThat(gap.drifted()).isFalse();
  }

  @Test
  @Tag("V-03")
  void a_large_gap_over_many_trades_has_drifted_and_a_better_rate_has_not() {
    assertThat(WinRateGap.of(100, 40, 0.6, RULES).drifted()).isTrue();
    assertThat(WinRateGap.of(100, 90, 0.6, RULES).drifted()).isFalse();
    assertThat(WinRateGap.of(0, 0, 0.6, RULES).pValue()).isEqualTo(1);
  }
}
