package io.mlassets.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("T-05")
class ParzenTest {

  private static Parzen of(Dimension dimension, double... observed) {
    return new Parzen(
        List.of(Axis.of(dimension, observed)),
        Chosen.of(IntStream.range(0, observed.length).toArray(), observed.length),
        Group.GOOD);
  }

  @Test
  void densities_add_up_to_one() {
    Parzen real = of(new Dimension.Real("x", 0, 3, false), 0.3, 0.31, 2.5, 1.7);
    double integral = 0;
    for (double x = 0.0005; x < 3; x += 0.001) {
      integral += 0.001 * Math.exp(real.logDensity(new double[] {x}));
    }
    assertThat(integral).isCloseTo(1, within(1e-4));

    for (boolean log : new boolean[] {false, true}) {
      Parzen whole = of(new Dimension.Whole("n", 2, 9, log), 2, 2, 5);
      double sum = 0;
      for (int n = 2; n <= 9; n++) {
        sum += Math.exp(whole.logDensity(new double[] {n}));
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }

    Parzen choice = of(new Dimension.Choice("c", 3), 1, 1, 2);
    double shares = 0;
    for (int c = 0; c < 3; c++) {
      shares += Math.exp(choice.logDensity(new double[] {c}));
    }
    assertThat(shares).isCloseTo(1, within(1e-12));
  }

  @Test
  void samples_follow_the_density() {
    Parzen whole = of(new Dimension.Whole("n", 1, 6, false), 2, 2, 5, 2);
    SplittableRandom random = new SplittableRandom(1);
    int[] counts = new int[7];
    for (int i = 0; i < 60_000; i++) {
      counts[(int) whole.sample(random)[0]]++;
    }
    for (int n = 1; n <= 6; n++) {
      assertThat(counts[n] / 60_000.0)
          .isCloseTo(Math.exp(whole.logDensity(new double[] {n})), within(0.01));
    }
  }

  @Test
  void the_closest_kernels_bound_the_density_from_below_and_nearby_are_nearly_all_of_it() {
    SplittableRandom random = new SplittableRandom(7);
    List<Dimension> dimensions =
        List.of(
            new Dimension.Real("x", 0, 1, false),
            new Dimension.Choice("c", 2),
            new Dimension.Whole("n", 1, 10_000, true));
    List<Axis> axes = dimensions.stream().map(Axis::new).toList();
    for (int trial = 0; trial < 300; trial++) {
      axes.get(0).add(random.nextDouble());
      axes.get(1).add(random.nextInt(2));
      axes.get(2).add(random.nextInt(1, 10_001));
    }
    Parzen density =
        new Parzen(axes, Chosen.of(IntStream.range(0, 300).toArray(), 300), Group.REST);
    for (int round = 0; round < 20; round++) {
      double[] first = {random.nextDouble(), 0, random.nextInt(1, 10_001)};
      double whole = density.logDensity(first);
      density.keepClosest();
      assertThat(density.atLeast(first)).isBetween(whole - 0.5, whole + 1e-9);
      for (int i = 0; i < 100; i++) {
        double[] other = {random.nextDouble(), random.nextInt(2), random.nextInt(1, 10_001)};
        assertThat(density.atLeast(other))
            .isFinite()
            .isLessThanOrEqualTo(density.logDensity(other) + 1e-9);
      }
    }
  }

  /** {@code optuna.samplers._tpe.sampler.default_weights} of 30: a ramp of 5, then ones. */
  @Test
  void weights_are_optuna_s() {
    double[] weights = Parzen.weights(30);
    double one = weights[30];
    assertThat(weights[0] / one).isCloseTo(1.0 / 30, within(1e-12));
    assertThat(weights[2] / one).isCloseTo((1.0 / 30 + 1) / 2, within(1e-12));
    assertThat(weights[4] / one).isCloseTo(1, within(1e-12));
    assertThat(weights[5] / one).isCloseTo(1, within(1e-12));
    assertThat(Parzen.weights(25)).containsOnly(1 / 26.0);
  }

  /**
   * {@code log_pdf} of Optuna 5.0.0's {@code _ParzenEstimator} for the same trials, with what is
   * changed here changed there: {@code minsigma} with the exponent 1.5, and for good trials {@code
   * sorted_sigmas} the root of the gaps' product, 0 at both ends of several.
   */
  @ParameterizedTest
  @CsvSource({
    "REST, 0, -13.31008045302871, -11.595178232978215",
    "REST, 1, -12.944702951139341, -11.645493535337375",
    "REST, 2, -12.424169873533307, -12.04798993835561",
    "REST, 7, -13.042004694235844, -13.671582169524338",
    "REST, 30, -16.662865412155398, -14.948002030356154",
    "REST, 200, -18.045730505467592, -16.3308282854171",
    "GOOD, 0, -13.31008045302871, -11.595178232978215",
    "GOOD, 1, -13.99005359259708, -12.288081201717565",
    "GOOD, 2, -11.203244655965689, -12.693790521627493",
    "GOOD, 7, -12.895797380216623, -13.67459704519782",
    "GOOD, 30, -16.662904250406534, -14.948002030356154",
    "GOOD, 200, -18.045730505467592, -16.3308282854171"
  })
  void joint_densities_are_optuna_s_with_narrower_kernels(
      Group group, int trials, double here, double there) {
    List<Dimension> dimensions =
        List.of(
            new Dimension.Choice("kind", 3),
            new Dimension.Real("x", -5, 5, false),
            new Dimension.Real("rate", 1e-4, 1, true),
            new Dimension.Whole("leaves", 2, 64, true),
            new Dimension.Whole("depth", 1, 40, false));
    double[][] observed = new double[5][trials];
    for (int i = 0; i < trials; i++) {
      observed[0][i] = i * 7 % 3;
      observed[1][i] = -5 + 10 * (i * 0.618 % 1);
      observed[2][i] = Math.pow(10, -4 + 4 * (i * 0.37 % 1));
      observed[3][i] = 2 + i * 11 % 63;
      observed[4][i] = 1 + i * 3 % 40;
    }
    List<Axis> axes =
        IntStream.range(0, 5).mapToObj(d -> Axis.of(dimensions.get(d), observed[d])).toList();
    Parzen density =
        new Parzen(axes, Chosen.of(IntStream.range(0, trials).toArray(), trials), group);
    assertThat(density.logDensity(new double[] {0, 0.5, 0.01, 16, 7}))
        .isCloseTo(here, within(1e-10));
    assertThat(density.logDensity(new double[] {2, -4.9, 0.9, 2, 1}))
        .isCloseTo(there, within(1e-10));
  }
}
