package io.mlassets.trainer.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Trials told apart as Optuna's TPE does: the best {@code γ(n) = min(⌈0.1 n⌉, 25)} against the
 * rest. Finished trials come before pruned ones; of those, the ones that got further first.
 *
 * @param good the best trials, by number
 * @param rest the others, by number
 */
record TrialSplit(List<Trial> good, List<Trial> rest) {
  private static final int MAX_GOOD = 25;

  static TrialSplit of(List<Trial> trials, Goal goal) {
    List<Trial> ranked = new ArrayList<>(trials);
    ranked.sort(
        Comparator.comparing(Trial::pruned)
            .thenComparingInt(trial -> trial.pruned() ? -trial.intermediate().size() : 0)
            .thenComparingDouble(trial -> goal.loss(trial.value()))
            .thenComparingInt(Trial::number));
    int good = gamma(trials.size());
    return new TrialSplit(
        byNumber(ranked.subList(0, good)), byNumber(ranked.subList(good, ranked.size())));
  }

  static int gamma(int trials) {
    return Math.min((trials + 9) / 10, MAX_GOOD);
  }

  int size() {
    return good.size() + rest.size();
  }

  private static List<Trial> byNumber(List<Trial> trials) {
    return trials.stream().sorted(Comparator.comparingInt(Trial::number)).toList();
  }
}
