package io.mlassets.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-14")
class TimeLeftTest {

  @Test
  void nothing_is_said_before_the_speed_is_known() {
    TimeLeft left = new TimeLeft();
    left.reached(1, 0);
    left.reached(10, 30);
    left.reached(12, 40);
    assertThat(left.seconds(41)).isNull();
    left.reached(13, 42);
    assertThat(left.seconds(42)).isEqualTo(174);
  }

  @Test
  void the_time_left_never_rises_percent_never_falls_and_both_end_where_the_run_does() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      TimeLeft left = new TimeLeft();
      double now = 0;
      double slowness = 1;
      Long last = null;
      int highest = 0;
      for (int percent = 0; percent <= 100; percent += random.nextInt(3)) {
        slowness = percent % 20 == 0 ? 0.2 + 4 * random.nextDouble() : slowness;
        now += slowness * random.nextDouble();
        // Reports of several threads may come in the wrong order.
        left.reached(percent - random.nextInt(3), now);
        Long told = left.seconds(now);
        assertThat(left.percent()).isGreaterThanOrEqualTo(highest);
        highest = left.percent();
        if (last != null) {
          assertThat(told).isLessThanOrEqualTo(last);
        }
        last = told;
      }
      left.reached(100, now);
      assertThat(left.percent()).isEqualTo(100);
      assertThat(left.seconds(now)).isZero();
    }
  }

  @Test
  void at_a_steady_speed_it_is_right_and_at_a_doubled_one_within_a_factor_of_two() {
    TimeLeft steady = new TimeLeft();
    TimeLeft faster = new TimeLeft();
    for (int percent = 12; percent < 100; percent++) {
      double now = percent < 75 ? 4 * percent : 300 + 2 * (percent - 75);
      steady.reached(percent, 3 * percent);
      faster.reached(percent, now);
      if (percent > 12) {
        assertThat(steady.seconds(3 * percent)).isEqualTo(3L * (100 - percent));
        assertThat((double) faster.seconds(now)).isBetween((350 - now) / 2, 2 * (350 - now) + 1);
      }
    }
  }
}
