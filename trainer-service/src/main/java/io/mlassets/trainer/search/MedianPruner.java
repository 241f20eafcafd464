package io.mlassets.trainer.search;

import java.util.List;

/**
 * Gives up trials whose best value so far is worse than the median of what finished trials had
 * shown at the same step (Optuna's {@code MedianPruner}).
 *
 * @param startUp finished trials before the first is given up; Optuna's default is 5
 * @param warmUp steps without pruning at the start of each trial; Optuna's default is 0
 */
public record MedianPruner(int startUp, int warmUp) implements Pruner {

  @Override
  public boolean givesUp(int number, List<Double> shown, List<Trial> seen, Goal goal) {
    List<Trial> finished = seen.stream().filter(trial -> !trial.pruned()).toList();
    int step = shown.size() - 1;
    double[] others =
        finished.stream()
            .filter(trial -> trial.intermediate().size() > step)
            .mapToDouble(trial -> goal.loss(trial.intermediate().get(step)))
            .sorted()
            .toArray();
    if (finished.size() < startUp || others.length == 0 || step < warmUp) {
      return false;
    }
    int middle = others.length / 2;
    double median =
        others.length % 2 == 1 ? others[middle] : (others[middle - 1] + others[middle]) / 2;
    double best = shown.stream().mapToDouble(goal::loss).min().orElse(Double.NaN);
    return best > median;
  }
}
