package io.mlassets.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
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
    left.reached(13, 42);
    left.reached(14, 44);
    assertThat(left.seconds(45.9)).as("two percents, however long they took").isNull();
    left.reached(15, 46);
    assertThat(left.seconds(46)).isEqualTo(170);
    TimeLeft fast = new TimeLeft();
    fast.reached(12, 40);
    fast.reached(30, 41);
    assertThat(fast.seconds(44)).as("a few seconds of trials taken up again").isNull();
  }

  @Test
  void at_a_steady_speed_it_is_right_between_percents_too() {
    TimeLeft steady = new TimeLeft();
    for (int percent = 12; percent < 100; percent++) {
      steady.reached(percent, 3 * percent);
      if (percent >= 15) {
        assertThat(steady.seconds(3 * percent)).isEqualTo(3L * (100 - percent));
        assertThat(steady.seconds(3 * percent + 2)).isEqualTo(3L * (100 - percent) - 2);
      }
    }
  }

  @Test
  void it_stays_near_the_truth_though_trials_take_now_half_now_thrice_as_long() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 100; round++) {
      Run run = new Run(percent -> 2 + 4 * random.nextDouble());
      run.each(
          (percent, told, truth) -> {
            if (percent >= 25) {
              assertThat(told).isBetween(0.6 * truth - 5, 1.6 * truth + 5);
            }
          });
    }
  }

  @Test
  void a_run_that_becomes_half_as_fast_says_so_within_the_time_it_has_run() {
    Run run = new Run(percent -> percent < 50 ? 4 : 8);
    run.each(
        (percent, told, truth) -> {
          assertThat(told).as("at %d %%, truth %.0f", percent, truth).isGreaterThan(0.49 * truth);
          if (percent >= 70) {
            assertThat(told).isBetween(0.99 * truth - 8, 1.01 * truth + 8);
          }
        });
  }

  @Test
  void a_run_that_becomes_faster_says_so_too() {
    new Run(percent -> percent < 50 ? 8 : 4)
        .each((percent, told, truth) -> assertThat(told).isLessThan(2.05 * truth + 8));
  }

  @Test
  void trials_taken_up_again_do_not_promise_that_the_rest_goes_by_as_fast() {
    Run run = new Run(percent -> percent < 60 ? 0.01 : 10);
    run.each(
        (percent, told, truth) -> {
          if (percent >= 60) {
            assertThat(told).as("at %d %%", percent).isBetween(0.45 * truth - 1, 1.1 * truth + 10);
          }
          if (percent >= 61) {
            assertThat(told).as("at %d %%", percent).isBetween(0.9 * truth - 1, 1.1 * truth + 10);
          }
        });
  }

  @Test
  void while_nothing_comes_the_time_left_rises_without_a_jump() {
    TimeLeft left = new TimeLeft();
    for (int percent = 12; percent <= 40; percent++) {
      left.reached(percent, percent);
    }
    long last = left.seconds(41);
    for (int second = 42; second < 100; second++) {
      long told = left.seconds(second);
      assertThat(told).as("at %d s", second).isBetween(last, last + 10 + last / 3);
      last = told;
    }
    assertThat(last).isGreaterThan(600);
  }

  @Test
  void percents_that_come_all_at_once_tell_no_speed_but_time_does() {
    TimeLeft left = new TimeLeft();
    for (int percent = 12; percent <= 50; percent++) {
      left.reached(percent, 0);
    }
    assertThat(left.seconds(6)).isEqualTo(49 * 6);
  }

  @Test
  void percent_never_falls_and_both_end_where_the_run_does() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      TimeLeft left = new TimeLeft();
      double now = 0;
      int highest = 0;
      for (int percent = 0; percent <= 100; percent += random.nextInt(3)) {
        now += random.nextDouble();
        // Reports of several threads may come in the wrong order.
        left.reached(percent - random.nextInt(3), now);
        assertThat(left.percent()).isGreaterThanOrEqualTo(highest);
        highest = left.percent();
        Long told = left.seconds(now);
        assertThat(told == null || told >= 0).isTrue();
      }
      left.reached(100, now);
      assertThat(left.percent()).isEqualTo(100);
      assertThat(left.seconds(now)).isZero();
    }
  }

  private interface Look {
    void at(int percent, double told, double truth);
  }

  /** A run from 12 % on, looked at every half second from the first word about its time. */
  private record Run(double[] reachedAt) {
    Run(IntToDoubleFunction secondsOf) {
      this(new double[101]);
      for (int percent = 13; percent <= 100; percent++) {
        reachedAt[percent] = reachedAt[percent - 1] + secondsOf.applyAsDouble(percent);
      }
    }

    void each(Look look) {
      TimeLeft left = new TimeLeft();
      int percent = 12;
      left.reached(percent, 0);
      int looks = 0;
      for (double now = 0; now < reachedAt[100]; now += 0.5) {
        while (reachedAt[percent + 1] <= now) {
          percent++;
          left.reached(percent, reachedAt[percent]);
        }
        Long told = left.seconds(now);
        if (told != null) {
          look.at(percent, told, reachedAt[100] - now);
          looks++;
        }
      }
      assertThat(looks).isGreaterThan(100);
    }
  }
}
