package io.mlassets.trainer.search;

import java.util.List;

/**
 * Asynchronous successive halving (Li et al. 2020) as Optuna does it: after {@code first ·
 * factor^r} steps only one in {@code factor} of the trials that came so far goes on; the first few
 * need to be the best so far.
 *
 * @param first steps before the first rung, at least 1
 * @param factor how many compete for one place, at least 2
 * @param bracket rungs left out at the start, at least 0
 */
public record SuccessiveHalving(int first, int factor, int bracket) implements Pruner {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public SuccessiveHalving {
    if (first < 1 || factor < 2 || bracket < 0) {
      throw new IllegalArgumentException(
          "successive halving: first %d, factor %d, bracket %d".formatted(first, factor, bracket));
    }
  }

  @Override
  public boolean givesUp(int number, List<Double> shown, List<Trial> seen, Goal goal) {
    int steps = shown.size();
    if (!isRung(steps)) {
      return false;
    }
    double own = goal.loss(shown.getLast());
    double[] all =
        seen.stream()
            .filter(trial -> trial.intermediate().size() >= steps)
            .mapToDouble(trial -> goal.loss(trial.intermediate().get(steps - 1)))
            .sorted()
            .toArray();
    int places = Math.max(1, (all.length + 1) / factor);
    // With itself among them: it may go on when fewer than so many are better.
    return all.length >= places && own > all[places - 1];
  }

  private boolean isRung(int steps) {
    long rung = first;
    for (int i = 0; i < bracket; i++) {
      rung *= factor;
    }
    while (rung < steps) {
      rung *= factor;
    }
    return rung == steps;
  }
}
