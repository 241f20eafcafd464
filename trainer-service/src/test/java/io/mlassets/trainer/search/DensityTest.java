package io.mlassets.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-05")
class DensityTest {

  @Test
  void densities_add_up_to_one() {
    double[] observed = {0.3, 0.31, 2.5, 1.7};
    Density real = Density.of(new Dimension.Real("x", 0, 3, false), observed);
    double integral = 0;
    for (double x = 0.0005; x < 3; x += 0.001) {
      integral += 0.001 * Math.exp(real.logDensity(x));
    }
    assertThat(integral).isCloseTo(1, within(1e-4));

    Density whole = Density.of(new Dimension.Whole("n", 2, 9, false), new double[] {2, 2, 5});
    double sum = 0;
    for (int n = 2; n <= 9; n++) {
      sum += Math.exp(whole.logDensity(n));
    }
    assertThat(sum).isCloseTo(1, within(1e-12));

    Density choice = Density.of(new Dimension.Choice("c", 3), new double[] {1, 1, 2});
    double shares = 0;
    for (int c = 0; c < 3; c++) {
      shares += Math.exp(choice.logDensity(c));
    }
    assertThat(shares).isCloseTo(1, within(1e-12));
  }

  @Test
  void samples_follow_the_density() {
    Density whole = Density.of(new Dimension.Whole("n", 1, 6, false), new double[] {2, 2, 5, 2});
    SplittableRandom random = new SplittableRandom(1);
    int[] counts = new int[7];
    for (int i = 0; i < 60_000; i++) {
      counts[(int) whole.sample(random)]++;
    }
    for (int n = 1; n <= 6; n++) {
      assertThat(counts[n] / 60_000.0).isCloseTo(Math.exp(whole.logDensity(n)), within(0.01));
    }
  }

  /** {@code optuna.samplers._tpe.sampler.default_weights} of 30: a ramp of 5, then ones. */
  @Test
  void weights_are_optuna_s() {
    double[] weights = Density.weights(30);
    double one = weights[30];
    assertThat(weights[0] / one).isCloseTo(1.0 / 30, within(1e-12));
    assertThat(weights[2] / one).isCloseTo((1.0 / 30 + 1) / 2, within(1e-12));
    assertThat(weights[4] / one).isCloseTo(1, within(1e-12));
    assertThat(weights[5] / one).isCloseTo(1, within(1e-12));
    assertThat(Density.weights(25)).containsOnly(1 / 26.0);
  }

  @Test
  void a_range_of_one_value_gives_that_value() {
    Density real = Density.of(new Dimension.Real("x", 2, 2, false), new double[] {2, 2});
    assertThat(real.sample(new SplittableRandom(1))).isEqualTo(2);
  }
}
