package io.mlassets.trainer.search;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Successive halving in brackets that begin to prune later and later (Li et al. 2018, with Optuna's
 * shares of trials): some trials are given time to show that they learn slowly but well. A trial's
 * bracket follows from its number; trials compete within their bracket.
 *
 * @param first steps before the first rung of the first bracket, at least 1
 * @param steps steps of a whole trial
 * @param factor how many compete for one place, at least 2
 */
public record Hyperband(int first, int steps, int factor) implements Pruner {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public Hyperband {
    if (first < 1 || steps < first || factor < 2) {
      throw new IllegalArgumentException(
          "hyperband: first %d, steps %d, factor %d".formatted(first, steps, factor));
    }
  }

  @Override
  public boolean givesUp(int number, List<Double> shown, List<Trial> seen, Goal goal) {
    int bracket = bracketOf(number);
    List<Trial> rivals =
        seen.stream().filter(trial -> bracketOf(trial.number()) == bracket).toList();
    return new SuccessiveHalving(first, factor, bracket).givesUp(number, shown, rivals, goal);
  }

  /** How many brackets there are: {@code ⌊log_factor(steps / first)⌋ + 1}. */
  int brackets() {
    int brackets = 1;
    for (long rung = (long) first * factor; rung <= steps; rung *= factor) {
      brackets++;
    }
    return brackets;
  }

  /** The share of a bracket: {@code ⌈brackets · factor^s / (s + 1)⌉}, s rungs before the last. */
  int share(int bracket) {
    int s = brackets() - 1 - bracket;
    return (int) Math.ceil(brackets() * Math.pow(factor, s) / (s + 1));
  }

  int bracketOf(int number) {
    int all = 0;
    for (int bracket = 0; bracket < brackets(); bracket++) {
      all += share(bracket);
    }
    int draw = new SplittableRandom(number).nextInt(all);
    int bracket = 0;
    while (draw >= share(bracket)) {
      draw -= share(bracket++);
    }
    return bracket;
  }
}
