package io.mlassets.inference.swap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-06")
class TrialProgressTest {
  private static final int DUE = 100;

  @Test
  void a_trial_is_over_when_each_pair_has_its_bars() {
    assertThat(of(2, 100, 130, 5).isDone(DUE, 2)).isTrue();
    assertThat(of(2, 99, 130, 5).isDone(DUE, 2)).isFalse();
    assertThat(of(1, 100, 130, 5).isDone(DUE, 2)).isFalse();
  }

  @Test
  void without_a_candidate_it_goes_on_for_as_many_bars_again() {
    assertThat(of(2, 199, 199, 0).isDone(DUE, 2)).isFalse();
    assertThat(of(2, 200, 200, 0).isDone(DUE, 2)).isTrue();
  }

  @Test
  void a_pair_without_a_feed_holds_it_up_for_twice_the_bars_of_another() {
    assertThat(of(1, 199, 199, 5).isDone(DUE, 2)).isFalse();
    assertThat(of(1, 200, 200, 5).isDone(DUE, 2)).isTrue();
    assertThat(of(2, 3, 200, 5).isDone(DUE, 2)).isTrue();
  }

  @Test
  void a_trial_without_a_decision_is_never_over() {
    assertThat(of(0, 0, 0, 0).isDone(0, 0)).isFalse();
  }

  private static TrialProgress of(int pairs, int fewest, int most, long candidates) {
    return new TrialProgress(pairs, fewest, most, fewest + (long) most, 0, candidates, 0, 0);
  }
}
