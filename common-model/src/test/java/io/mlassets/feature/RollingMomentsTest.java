package io.mlassets.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("Q-01")
class RollingMomentsTest {
  private static final int WINDOW = 97;

  @Test
  void agrees_with_two_passes_over_the_window_to_a_billionth() {
    for (long seed = 1; seed <= 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RollingMoments rolling = new RollingMoments(WINDOW);
      double[] us = new double[5_000];
      double[] vs = new double[us.length];
      double level = 10;
      for (int i = 0; i < us.length; i++) {
        level += 1e-4 * random.nextGaussian();
        us[i] = level + 1e-5 * random.nextGaussian();
        vs[i] = 0.5 * level;
        rolling.add(us[i], vs[i], i % 41 == 0);
        if (rolling.ready()) {
          compare(
              rolling,
              Arrays.copyOfRange(us, i - WINDOW + 1, i + 1),
              Arrays.copyOfRange(vs, i - WINDOW + 1, i + 1));
        }
      }
      assertThat(rolling.ready()).isTrue();
    }
  }

  @Test
  void agrees_with_two_passes_after_a_jump_and_on_the_flat_that_follows() {
    RollingMoments rolling = new RollingMoments(WINDOW);
    double[] us = new double[2_000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < us.length; i++) {
      double step = i / 300 % 2 == 0 ? 1e-4 * random.nextGaussian() : 1e-9 * (i % 2);
      us[i] = 3 * (i / 300) + step;
      rolling.add(us[i], us[i], i == 100);
      if (rolling.ready()) {
        double[] window = Arrays.copyOfRange(us, i - WINDOW + 1, i + 1);
        double mean = Arrays.stream(window).average().orElseThrow();
        double variance = Arrays.stream(window).map(u -> (u - mean) * (u - mean) / WINDOW).sum();
        double flatOrIt = variance > 1e-18 ? variance : 0;
        assertThat(rolling.varianceU()).isCloseTo(flatOrIt, within(1e-9 * variance));
      }
    }
  }

  private static void compare(RollingMoments rolling, double[] us, double[] vs) {
    double meanU = Arrays.stream(us).average().orElseThrow();
    double meanV = Arrays.stream(vs).average().orElseThrow();
    double uu = 0;
    double vv = 0;
    double uv = 0;
    for (int i = 0; i < us.length; i++) {
      uu += (us[i] - meanU) * (us[i] - meanU) / us.length;
      vv += (vs[i] - meanV) * (vs[i] - meanV) / us.length;
      uv += (us[i] - meanU) * (vs[i] - meanV) / us.length;
    }
    assertThat(rolling.meanU()).isCloseTo(meanU, within(1e-12));
    assertThat(rolling.varianceU()).isCloseTo(uu, within(1e-9 * uu));
    assertThat(rolling.varianceV()).isCloseTo(vv, within(1e-9 * vv));
    assertThat(rolling.covariance()).isCloseTo(uv, within(1e-9 * Math.sqrt(uu * vv)));
    assertThat(rolling.correlation()).isCloseTo(uv / Math.sqrt(uu * vv), within(1e-9));
  }

  @Test
  void a_flat_window_has_no_variance_and_no_correlation() {
    RollingMoments rolling = new RollingMoments(10);
    for (int i = 0; i < 50; i++) {
      rolling.add(i < 20 ? i : 0.1, 0.3, i % 7 == 0);
    }
    assertThat(rolling.varianceU()).isZero();
    assertThat(rolling.varianceOfSpread(1.7)).isZero();
    assertThat(rolling.correlation()).isNaN();
  }

  @Test
  void is_not_ready_before_an_anchor_finds_the_window_full() {
    RollingMoments rolling = new RollingMoments(10);
    for (int i = 0; i < 12; i++) {
      rolling.add(i, i, i == 8);
      assertThat(rolling.ready()).isFalse();
    }
    rolling.add(12, 12, true);
    assertThat(rolling.ready()).isTrue();
  }
}
