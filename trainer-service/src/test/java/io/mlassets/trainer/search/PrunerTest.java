package io.mlassets.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.TreeParams;
import io.mlassets.policy.Pruning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-05")
class PrunerTest {

  private static Trial finished(int number, Double... shown) {
    return new Trial(
        number,
        TreeParams.of(Map.of()),
        shown[shown.length - 1],
        List.of(shown),
        false,
        1,
        List.of());
  }

  private static Trial pruned(int number, Double... shown) {
    return new Trial(
        number,
        TreeParams.of(Map.of()),
        shown[shown.length - 1],
        List.of(shown),
        true,
        1,
        List.of());
  }

  @Test
  void the_median_pruner_gives_up_what_is_worse_than_the_median_of_finished_trials() {
    Pruner pruner = new MedianPruner(5, 0);
    List<Trial> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      assertThat(pruner.givesUp(i, List.of(-1.0), seen, Goal.MAXIMISE)).isFalse();
      seen.add(finished(i, (double) i, i + 1.0));
    }
    seen.add(pruned(5, 100.0));
    assertThat(pruner.givesUp(9, List.of(1.9), seen, Goal.MAXIMISE)).isTrue();
    assertThat(pruner.givesUp(9, List.of(2.0), seen, Goal.MAXIMISE)).isFalse();
    assertThat(pruner.givesUp(9, List.of(2.0, 2.9), seen, Goal.MAXIMISE)).isTrue();
    assertThat(pruner.givesUp(9, List.of(3.1, 0.0), seen, Goal.MAXIMISE)).isFalse();
    assertThat(new MedianPruner(5, 1).givesUp(9, List.of(1.9), seen, Goal.MAXIMISE)).isFalse();
  }

  @Test
  void successive_halving_lets_one_in_three_past_a_rung_and_looks_at_rungs_only() {
    Pruner pruner = new SuccessiveHalving(2, 3, 0);
    List<Trial> seen = new ArrayList<>();
    assertThat(pruner.givesUp(0, List.of(9.0, 9.0), seen, Goal.MINIMISE)).isFalse();
    for (int i = 0; i < 8; i++) {
      seen.add(pruned(i, 50.0, (double) i));
    }
    seen.add(pruned(8, 0.0));
    // Nine have come to the rung, itself among them: three go on.
    assertThat(pruner.givesUp(9, List.of(99.0), seen, Goal.MINIMISE)).isFalse();
    assertThat(pruner.givesUp(9, List.of(99.0, 1.9), seen, Goal.MINIMISE)).isFalse();
    assertThat(pruner.givesUp(9, List.of(99.0, 2.1), seen, Goal.MINIMISE)).isTrue();
    assertThat(pruner.givesUp(9, List.of(9.0, 1.9, 99.0), seen, Goal.MINIMISE)).isFalse();
  }

  @Test
  void the_first_at_a_rung_need_to_be_the_best_so_far() {
    Pruner pruner = new SuccessiveHalving(1, 3, 0);
    List<Trial> seen = List.of(finished(0, 1.0));
    assertThat(pruner.givesUp(1, List.of(1.1), seen, Goal.MINIMISE)).isTrue();
    assertThat(pruner.givesUp(1, List.of(0.9), seen, Goal.MINIMISE)).isFalse();
  }

  @Test
  void a_higher_bracket_begins_at_a_later_rung() {
    Pruner pruner = new SuccessiveHalving(1, 3, 1);
    List<Trial> seen = List.of(finished(0, 1.0, 1.0, 1.0));
    assertThat(pruner.givesUp(1, List.of(9.0), seen, Goal.MINIMISE)).isFalse();
    assertThat(pruner.givesUp(1, List.of(9.0, 9.0, 9.0), seen, Goal.MINIMISE)).isTrue();
  }

  /** Optuna's {@code HyperbandPruner(1, 50, 3)}: four brackets of 27, 12, 6 and 4 of 49 trials. */
  @Test
  void hyperband_shares_trials_among_brackets_as_optuna_does() {
    Hyperband pruner = new Hyperband(1, 50, 3);
    assertThat(pruner.brackets()).isEqualTo(4);
    assertThat(IntStream.range(0, 4).map(pruner::share)).containsExactly(27, 12, 6, 4);
    int[] counts = new int[4];
    for (int number = 0; number < 49_000; number++) {
      counts[pruner.bracketOf(number)]++;
    }
    assertThat(counts[0]).isBetween(26_500, 27_500);
    assertThat(counts[3]).isBetween(3_700, 4_300);
  }

  @Test
  void trials_of_other_brackets_do_not_compete() {
    Hyperband pruner = new Hyperband(1, 3, 3);
    int first =
        IntStream.iterate(0, i -> i + 1)
            .filter(i -> pruner.bracketOf(i) == 0)
            .findFirst()
            .orElseThrow();
    int other =
        IntStream.iterate(0, i -> i + 1)
            .filter(i -> pruner.bracketOf(i) == 1)
            .findFirst()
            .orElseThrow();
    List<Trial> seen = List.of(finished(other, 0.0));
    assertThat(pruner.givesUp(first, List.of(1.0), seen, Goal.MINIMISE)).isFalse();
    assertThat(pruner.givesUp(first, List.of(1.0), List.of(finished(first, 0.0)), Goal.MINIMISE))
        .isTrue();
  }

  @Test
  void every_pruner_of_the_policy_is_itself_and_none_looks_before_half_a_fold() {
    assertThat(SearchSpaces.pruner(Pruning.HALVING, 5)).isEqualTo(SearchSpaces.PRUNER);
    assertThat(SearchSpaces.pruner(Pruning.MEDIAN, 5)).isInstanceOf(MedianPruner.class);
    assertThat(SearchSpaces.pruner(Pruning.HYPERBAND, 5)).isInstanceOf(Hyperband.class);
    assertThat(SearchSpaces.pruner(Pruning.NONE, 5)).isInstanceOf(Pruner.Never.class);
    List<Double> half = List.of(9.0, 9.0, 9.0, 9.0, 9.0);
    List<Trial> seen =
        IntStream.range(0, 60)
            .mapToObj(
                i -> finished(i, IntStream.range(0, 50).mapToObj(s -> 1.0).toArray(Double[]::new)))
            .toList();
    for (Pruning pruning : Pruning.values()) {
      Pruner pruner = SearchSpaces.pruner(pruning, 5);
      assertThat(pruner.givesUp(60, half.subList(0, 4), seen, Goal.MINIMISE)).isFalse();
      boolean some =
          IntStream.range(60, 80)
              .anyMatch(number -> pruner.givesUp(number, half, seen, Goal.MINIMISE));
      assertThat(some).as("%s", pruning).isEqualTo(pruning != Pruning.NONE);
    }
  }
}
