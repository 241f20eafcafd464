package io.mlassets.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.model.EngineId;
import io.mlassets.model.TreeParams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("T-05")
class StudyTest {
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              new Dimension.Real("x", -5, 5, false),
              new Dimension.Real("rate", 1e-4, 1, true),
              new Dimension.Whole("leaves", 2, 64, true),
              new Dimension.Whole("depth", 1, 10, false),
              new Dimension.Choice("kind", 4)),
          TreeParams.of(Map.of("fixed", 3.0)));

  /** Lowest, 0, at x = 1.5, rate = 0.01, leaves = 16, depth = 7, kind = 2. */
  private static double loss(TreeParams p) {
    double rate = Math.log10(p.get("rate")) + 2;
    double leaves = Math.log(p.get("leaves") / 16) / Math.log(2);
    return sq(p.get("x") - 1.5)
        + sq(rate)
        + sq(leaves)
        + 0.2 * sq(p.get("depth") - 7)
        + (p.get("kind") == 2 ? 0 : 2);
  }

  @Test
  void it_beats_random_search_by_far() {
    int wins = 0;
    double[] ours = new double[20];
    double[] theirs = new double[20];
    for (int seed = 0; seed < 20; seed++) {
      ours[seed] = bestLoss(run(seed, 100, StudyTest::loss));
      theirs[seed] = randomSearch(seed, 100);
      wins += ours[seed] < theirs[seed] ? 1 : 0;
    }
    Arrays.sort(ours);
    Arrays.sort(theirs);
    assertThat(wins).isGreaterThanOrEqualTo(17);
    assertThat(ours[10]).isLessThan(theirs[10] / 2);
  }

  @Test
  void it_maximises_as_well_as_it_minimises() {
    Study down = new Study(SPACE, Goal.MINIMISE, 5);
    Study up = new Study(SPACE, Goal.MAXIMISE, 5);
    for (int i = 0; i < 40; i++) {
      Proposal a = down.ask();
      Proposal b = up.ask();
      assertThat(b).isEqualTo(a);
      down.tell(a, loss(a.params()));
      up.tell(b, -loss(b.params()));
    }
    assertThat(up.best().orElseThrow().params()).isEqualTo(down.best().orElseThrow().params());
  }

  @Test
  @Tag("T-13")
  void the_same_seed_gives_the_same_trials_and_another_seed_others() {
    assertThat(run(1, 60, StudyTest::loss).trials())
        .isEqualTo(run(1, 60, StudyTest::loss).trials());
    assertThat(run(2, 60, StudyTest::loss).trials())
        .isNotEqualTo(run(1, 60, StudyTest::loss).trials());
  }

  @Test
  void a_trial_s_seed_follows_from_its_number_alone_during_start_up() {
    Study told = new Study(SPACE, Goal.MINIMISE, 9);
    Study silent = new Study(SPACE, Goal.MINIMISE, 9);
    for (int i = 0; i < 10; i++) {
      Proposal proposal = told.ask();
      assertThat(silent.ask()).isEqualTo(proposal);
      told.tell(proposal, i);
    }
  }

  @Test
  void every_proposal_is_within_its_range_and_whole_where_asked() {
    for (Trial trial : run(3, 150, StudyTest::loss).trials()) {
      TreeParams p = trial.params();
      assertThat(p.get("x")).isBetween(-5.0, 5.0);
      assertThat(p.get("rate")).isBetween(1e-4, 1.0);
      assertThat(p.get("leaves")).isBetween(2.0, 64.0).matches(v -> v % 1 == 0);
      assertThat(p.get("depth")).isBetween(1.0, 10.0).matches(v -> v % 1 == 0);
      assertThat(p.get("kind")).isBetween(0.0, 3.0).matches(v -> v % 1 == 0);
      assertThat(p.get("fixed")).isEqualTo(3);
    }
  }

  @Test
  void the_number_of_good_trials_is_a_tenth_rounded_up_at_most_25() {
    assertThat(List.of(10, 11, 100, 250, 251, 1_000).stream().map(TrialSplit::gamma))
        .containsExactly(1, 2, 10, 25, 25, 25);
  }

  @Test
  void pruned_trials_rank_behind_finished_ones_the_further_the_better() {
    TreeParams none = TreeParams.of(Map.of());
    Trial bad = new Trial(0, none, 9, List.of(), false);
    Trial prunedLate = new Trial(1, none, 5, List.of(6.0, 5.0), true);
    Trial prunedEarly = new Trial(2, none, 1, List.of(1.0), true);
    List<Trial> trials = new ArrayList<>(List.of(prunedEarly, prunedLate, bad));
    assertThat(TrialSplit.of(trials, Goal.MINIMISE).good()).containsExactly(bad);
    for (int i = 3; i < 12; i++) {
      trials.add(new Trial(i, none, 9, List.of(9.0, 9.0, 9.0), true));
    }
    assertThat(TrialSplit.of(trials, Goal.MINIMISE).good()).hasSize(2).contains(bad);
  }

  @Test
  void the_best_trial_is_the_earliest_of_equals_and_never_a_pruned_one() {
    Study study = new Study(SPACE, Goal.MINIMISE, 1);
    assertThat(study.best()).isEmpty();
    study.tellPruned(study.ask(), List.of(-100.0));
    study.tell(study.ask(), 2);
    study.tell(study.ask(), 1);
    study.tell(study.ask(), 1);
    assertThat(study.best().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void a_value_that_is_not_finite_is_refused() {
    Study study = new Study(SPACE, Goal.MINIMISE, 1);
    assertThatThrownBy(() -> study.tell(study.ask(), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_median_pruner_gives_up_what_is_worse_than_the_median() {
    Study study = new Study(SPACE, Goal.MAXIMISE, 1);
    for (int i = 0; i < 5; i++) {
      assertThat(MedianPruner.givesUp(study, List.of(-1.0))).isFalse();
      study.tell(study.ask(), i, List.of((double) i, i + 1.0));
    }
    assertThat(MedianPruner.givesUp(study, List.of(1.9))).isTrue();
    assertThat(MedianPruner.givesUp(study, List.of(2.0))).isFalse();
    assertThat(MedianPruner.givesUp(study, List.of(2.0, 2.9))).isTrue();
    assertThat(MedianPruner.givesUp(study, List.of(3.1, 0.0))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(EngineId.class)
  void every_engine_has_a_space_with_trees_to_count(EngineId engine) {
    Proposal proposal = new Study(SearchSpaces.of(engine), Goal.MAXIMISE, 1).ask();
    assertThat(proposal.params().get("num_iterations")).isPositive();
  }

  private static Study run(long seed, int trials, ToDoubleFunction<TreeParams> loss) {
    Study study = new Study(SPACE, Goal.MINIMISE, seed);
    for (int i = 0; i < trials; i++) {
      Proposal proposal = study.ask();
      study.tell(proposal, loss.applyAsDouble(proposal.params()));
    }
    return study;
  }

  private static double bestLoss(Study study) {
    return study.best().orElseThrow().value();
  }

  private static double randomSearch(long seed, int trials) {
    SplittableRandom random = new SplittableRandom(seed);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < trials; i++) {
      TreeParams params =
          TreeParams.of(
              Map.of(
                  "x", random.nextDouble(-5, 5),
                  "rate", Math.exp(random.nextDouble(Math.log(1e-4), 0)),
                  "leaves", Math.rint(Math.exp(random.nextDouble(Math.log(1.5), Math.log(64.5)))),
                  "depth", (double) random.nextInt(1, 11),
                  "kind", (double) random.nextInt(4)));
      best = Math.min(best, loss(params));
    }
    return best;
  }

  private static double sq(double x) {
    return x * x;
  }
}
