package io.mlassets.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.model.TreeParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-05")
class ChoiceTest {
  private static final int FOLDS = 5;

  private static Trial trial(int number, List<List<Double>> curves) {
    TreeParams params = TreeParams.of(Map.of("num_iterations", 10.0 + number));
    return Trial.finished(new Proposal(number, 1, params), 0, List.of(), 1, curves);
  }

  /** Few different losses, so that there are ties; folds end at different points; some pruned. */
  private static List<Trial> trials(SplittableRandom random) {
    List<Trial> trials = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      Trial finished =
          trial(number, IntStream.range(0, FOLDS).mapToObj(k -> curve(random)).toList());
      boolean pruned = number > 0 && random.nextInt(4) == 0;
      trials.add(
          pruned
              ? Trial.givenUp(new Proposal(number, 1, finished.params()), List.of(-9.0), 1)
              : finished);
    }
    return trials;
  }

  private static List<Double> curve(SplittableRandom random) {
    return random.ints(random.nextInt(1, 11), 0, 8).mapToObj(i -> i / 4.0).toList();
  }

  @Test
  void it_is_the_lowest_mean_loss_of_the_folds_asked() {
    for (int seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Trial> trials = trials(random);
      int asked = random.nextInt(1, 1 << FOLDS);
      IntPredicate isAsked = k -> (asked >> k & 1) == 1;
      Choice choice = Choice.of(trials, isAsked).orElseThrow();
      double lowest = Double.POSITIVE_INFINITY;
      int number = -1;
      int rung = -1;
      for (Trial trial : trials) {
        for (int r = 0; r < 10 && !trial.pruned(); r++) {
          int at = r;
          List<List<Double>> curves =
              IntStream.range(0, FOLDS).filter(isAsked).mapToObj(trial.curves()::get).toList();
          if (curves.stream().anyMatch(curve -> curve.size() <= at)) {
            continue;
          }
          double mean = curves.stream().mapToDouble(c -> c.get(at)).average().orElseThrow();
          if (mean < lowest - 1e-12) {
            lowest = mean;
            number = trial.number();
            rung = r;
          }
        }
      }
      assertThat(choice.loss()).isCloseTo(lowest, within(1e-12));
      assertThat(choice.trial().number()).isEqualTo(number);
      assertThat(choice.trees()).isEqualTo((int) Math.ceil((10.0 + number) * (rung + 1) / 10));
    }
  }

  @Test
  void what_a_fold_that_is_not_asked_shows_changes_nothing() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Trial> trials = trials(random);
      int left = random.nextInt(FOLDS);
      Choice before = Choice.of(trials, k -> k != left).orElseThrow();
      List<Trial> changed =
          trials.stream()
              .map(
                  trial -> {
                    if (trial.pruned()) {
                      return trial;
                    }
                    List<List<Double>> curves = new ArrayList<>(trial.curves());
                    curves.set(left, List.of(-random.nextDouble()));
                    return trial(trial.number(), curves);
                  })
              .toList();
      Choice after = Choice.of(changed, k -> k != left).orElseThrow();
      assertThat(after.trial().number()).isEqualTo(before.trial().number());
      assertThat(after.trees()).isEqualTo(before.trees());
      assertThat(after.loss()).isEqualTo(before.loss());
    }
  }

  @Test
  void where_no_trial_has_finished_there_is_none() {
    Trial pruned = Trial.givenUp(new Proposal(0, 1, TreeParams.of(Map.of())), List.of(1.0), 1);
    assertThat(Choice.of(List.of(pruned), fold -> true)).isEmpty();
  }
}
