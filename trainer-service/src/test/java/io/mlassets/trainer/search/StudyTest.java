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
      down.tell(Trial.finished(a, loss(a.params()), List.of(), 0));
      up.tell(Trial.finished(b, -loss(b.params()), List.of(), 0));
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
      told.tell(Trial.finished(proposal, i, List.of(), 0));
      silent.tell(Trial.finished(proposal, -i, List.of(), 0));
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
    assertThat(List.of(10, 11, 100, 250, 251, 1_000).stream().map(Tpe::gamma))
        .containsExactly(1, 2, 10, 25, 25, 25);
  }

  @Test
  void a_parameter_exists_only_while_its_choice_says_so_and_is_learned_from_those_who_had_it() {
    SearchSpace space =
        new SearchSpace(
            List.of(
                new Dimension.Choice("kind", 2),
                new Dimension.When("kind", 1, new Dimension.Real("only_1", 0, 1, false))),
            TreeParams.of(Map.of()));
    Study study = new Study(space, Goal.MINIMISE, 3);
    for (int i = 0; i < 80; i++) {
      Proposal proposal = study.ask();
      Map<String, Double> p = proposal.params().values();
      assertThat(p.containsKey("only_1")).isEqualTo(p.get("kind") == 1);
      double loss = p.containsKey("only_1") ? sq(p.get("only_1") - 0.3) : 0.5;
      study.tell(Trial.finished(proposal, loss, List.of(), 0));
    }
    assertThat(study.best().orElseThrow().value()).isLessThan(1e-4);
  }

  @Test
  void a_condition_on_something_that_is_no_earlier_choice_is_refused() {
    Dimension.When when = new Dimension.When("x", 1, new Dimension.Real("y", 0, 1, false));
    assertThatThrownBy(
            () ->
                new SearchSpace(
                    List.of(new Dimension.Real("x", 0, 1, false), when), TreeParams.of(Map.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("T-13")
  void proposals_in_a_window_do_not_depend_on_which_trials_ended_already() {
    Study eager = new Study(SPACE, Goal.MINIMISE, 4, 4, true);
    Study late = new Study(SPACE, Goal.MINIMISE, 4, 4, true);
    List<Proposal> waiting = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (waiting.size() == 4) {
        late.tell(ended(waiting.removeFirst()));
      }
      Proposal proposal = eager.ask();
      assertThat(late.ask()).isEqualTo(proposal);
      eager.tell(ended(proposal));
      waiting.add(proposal);
      assertThat(eager.seenBy(i)).hasSize(Math.max(0, i - 3));
    }
  }

  @Test
  void a_window_may_not_be_overrun_and_trials_are_told_in_order() {
    Study study = new Study(SPACE, Goal.MINIMISE, 4, 2, true);
    Proposal first = study.ask();
    Proposal second = study.ask();
    assertThatThrownBy(study::ask).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> study.tell(ended(second))).isInstanceOf(IllegalStateException.class);
    study.tell(ended(first));
    study.ask();
  }

  @Test
  void the_best_trial_is_the_earliest_of_equals_and_never_a_pruned_one() {
    Study study = new Study(SPACE, Goal.MINIMISE, 1);
    assertThat(study.best()).isEmpty();
    study.tell(Trial.givenUp(study.ask(), List.of(-100.0), 1));
    for (double value : new double[] {2, 1, 1}) {
      study.tell(Trial.finished(study.ask(), value, List.of(), 0));
    }
    assertThat(study.best().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void a_value_that_is_not_finite_is_refused() {
    Proposal proposal = new Study(SPACE, Goal.MINIMISE, 1).ask();
    assertThatThrownBy(() -> Trial.finished(proposal, Double.NaN, List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
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
      double value = loss.applyAsDouble(proposal.params());
      study.tell(Trial.finished(proposal, value, List.of(), 0));
    }
    return study;
  }

  private static Trial ended(Proposal proposal) {
    return Trial.finished(proposal, loss(proposal.params()), List.of(), 0);
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
