package io.mlassets.trainer.theta;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.policy.Range;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-04")
class PassRatesTest {
  private static final double[] FINE =
      IntStream.rangeClosed(0, 1_000).mapToDouble(i -> i / 1_000.0).toArray();

  private final PassRates rates = new PassRates(new Range(0.05, 0.40));

  @Test
  void whatever_is_known_no_theta2_of_a_wanted_share_is_left_out_and_neighbours_bound_the_rest() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 50; round++) {
      double[] scores = random.doubles(300).map(u -> u * u).toArray();
      PassRates learnt = new PassRates(new Range(0.05, 0.40));
      for (int i = 0; i <= 10; i++) {
        learnt.learn(i / 10.0, below(scores, i / 10.0));
      }
      double[] wanted = learnt.wanted(FINE);
      for (double theta2 : FINE) {
        double rate = below(scores, theta2);
        if (rate >= 0.05 && rate <= 0.40) {
          assertThat(wanted).contains(theta2);
        }
      }
      for (double theta2 : wanted) {
        assertThat(below(scores, Math.floor(theta2 * 10 + 1e-9) / 10)).isLessThanOrEqualTo(0.40);
        assertThat(below(scores, Math.ceil(theta2 * 10 - 1e-9) / 10)).isGreaterThanOrEqualTo(0.05);
      }
    }
  }

  @Test
  void where_no_share_can_be_wanted_every_theta2_may_be_proposed() {
    rates.learn(0, 0.7);
    assertThat(rates.wanted(FINE)).isEqualTo(FINE);
  }

  private static double below(double[] scores, double theta2) {
    return (double) Arrays.stream(scores).filter(score -> score < theta2).count() / scores.length;
  }
}
