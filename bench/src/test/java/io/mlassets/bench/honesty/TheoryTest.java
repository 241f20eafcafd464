package io.mlassets.bench.honesty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("Q-02")
class TheoryTest {

  @Test
  void power_is_how_often_a_strategy_beats_the_best_of_worthless_ones_with_confidence() {
    SplittableRandom random = new SplittableRandom(1);
    int trials = 350;
    double years = 6;
    double luck =
        IntStream.range(0, 20_000)
            .mapToDouble(
                i ->
                    IntStream.range(0, trials)
                        .mapToDouble(j -> random.nextGaussian())
                        .max()
                        .orElseThrow())
            .average()
            .orElseThrow();
    long told =
        IntStream.range(0, 100_000)
            .filter(i -> 2 * Math.sqrt(years) + random.nextGaussian() - luck > 1.6449)
            .count();

    assertThat(Theory.power(2, trials, years, 0.95)).isCloseTo(told / 100_000.0, within(0.02));
  }

  @Test
  void the_years_asked_for_give_the_power_asked_for() {
    double years = Theory.years(1.7, 350, 0.95);

    assertThat(Theory.power(1.7, 350, years, 0.95)).isCloseTo(0.8, within(1e-9));
    assertThat(years).isBetween(9.0, 11.0);
    assertThat(Theory.years(0, 350, 0.95)).isInfinite();
  }

  @Test
  void chance_adopts_at_most_the_smallest_number_it_exceeds_once_in_twenty() {
    int mayBe = Theory.atMost(60, 0.05);

    assertThat(atMost(60, mayBe)).isGreaterThanOrEqualTo(0.95);
    assertThat(atMost(60, mayBe - 1)).isLessThan(0.95);
    assertThat(Theory.atMost(0, 0.05)).isZero();
  }

  private static double atMost(int tries, int successes) {
    double sum = 0;
    double term = Math.pow(0.95, tries);
    for (int k = 0; k <= successes; k++) {
      sum += term;
      term *= (tries - k) / (k + 1.0) * 0.05 / 0.95;
    }
    return sum;
  }
}
