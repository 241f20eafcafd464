package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-10")
class ReliabilityTest {

  @Test
  void bins_of_equal_width_hold_what_lies_in_them_and_empty_ones_are_left_out() {
    double[] p = {0, 0.05, 0.1, 0.11, 0.2, 0.95, 1};
    double[] y = {0, 0, 1, 0, 1, 1, 1};
    Reliability diagram = Reliability.ofWidth(p, y, 10);
    assertThat(diagram.bins()).extracting(Reliability.Bin::rows).containsExactly(3, 2, 2);
    assertThat(diagram.bins().get(0).rate()).isEqualTo(1 / 3.0);
    assertThat(diagram.bins().get(0).mean()).isCloseTo(0.05, within(1e-15));
    assertThat(diagram.expectedCalibrationError())
        .isCloseTo((3 * (1 / 3.0 - 0.05) + 2 * (0.5 - 0.155) + 2 * 0.025) / 7, within(1e-15));
  }

  @Test
  void bins_of_equal_mass_hold_a_tenth_each_however_the_probabilities_crowd() {
    SplittableRandom random = new SplittableRandom(1);
    double[] p = random.doubles(1_000).map(u -> 0.4 + 0.01 * u * u).toArray();
    double[] y = random.ints(1_000, 0, 2).asDoubleStream().toArray();
    assertThat(Reliability.ofMass(p, y, 10).bins())
        .hasSize(10)
        .allSatisfy(bin -> assertThat(bin.rows()).isEqualTo(100));
    assertThat(Reliability.ofWidth(p, y, 10).bins()).hasSizeLessThanOrEqualTo(2);
  }

  /** Wilson's interval: the two rates whose score test just rejects the one seen, by bisection. */
  @Test
  void the_interval_ends_where_the_score_test_does() {
    for (int n : new int[] {5, 40, 1_000}) {
      for (int ones : new int[] {0, 1, n / 3, n}) {
        Reliability.Bin bin = new Reliability.Bin(n, 0.5, ones / (double) n);
        Reliability.Interval interval = bin.wilson(n, 1.96);
        assertThat(interval.low()).isCloseTo(end(bin.rate(), n, 0), within(1e-9));
        assertThat(interval.high()).isCloseTo(end(bin.rate(), n, 1), within(1e-9));
      }
    }
  }

  private static double end(double rate, int n, double outer) {
    double inside = rate;
    double outside = outer;
    for (int i = 0; i < 200; i++) {
      double middle = (inside + outside) / 2;
      if (Math.abs(rate - middle) <= 1.96 * Math.sqrt(middle * (1 - middle) / n)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }

  @Test
  void labels_that_overlap_make_the_interval_wider() {
    Reliability.Bin bin = new Reliability.Bin(100, 0.5, 0.4);
    Reliability.Interval all = bin.wilson(100, 1.96);
    Reliability.Interval few = bin.wilson(10, 1.96);
    assertThat(few.high() - few.low()).isGreaterThan(2 * (all.high() - all.low()));
  }
}
