package io.mlassets.trainer.search;

import java.util.List;

/**
 * Gives up trials whose best value so far is worse than the median of what finished trials had
 * shown at the same step (Optuna's {@code MedianPruner}, with its defaults of five trials before
 * the first is given up and no warm-up steps).
 */
public final class MedianPruner {
  private static final int START_UP = 5;

  private MedianPruner() {}

  /**
   * Whether to give up a trial that has shown {@code intermediate} so far.
   *
   * @param intermediate one value per step, at least one
   */
  public static boolean givesUp(Study study, List<Double> intermediate) {
    int step = intermediate.size() - 1;
    double[] others =
        study.trials().stream()
            .filter(trial -> !trial.pruned() && trial.intermediate().size() > step)
            .mapToDouble(trial -> study.goal().loss(trial.intermediate().get(step)))
            .sorted()
            .toArray();
    if (others.length < START_UP) {
      return false;
    }
    int middle = others.length / 2;
    double median =
        others.length % 2 == 1 ? others[middle] : (others[middle - 1] + others[middle]) / 2;
    double best = intermediate.stream().mapToDouble(study.goal()::loss).min().orElse(Double.NaN);
    return best > median;
  }
}
