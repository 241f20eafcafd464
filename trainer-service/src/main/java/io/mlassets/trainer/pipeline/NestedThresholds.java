package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.Period;
import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.decision.Thresholds;
import io.mlassets.trainer.validation.Fold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Thresholds chosen outside the fold they are judged on, and those for live use, chosen on all.
 *
 * @param periods the folds' periods, in time order
 * @param perFold the choice for each fold, made on the other folds
 * @param live the choice made on all folds
 */
record NestedThresholds(List<Period> periods, List<Thresholds> perFold, ThresholdChoice live)
    implements ThresholdsAt {

  static NestedThresholds choose(ThresholdGrid grid, List<Fold> folds) {
    List<Period> periods = folds.stream().map(Fold::period).toList();
    List<Thresholds> perFold = new ArrayList<>();
    for (Period judged : periods) {
      List<Period> others = periods.stream().filter(period -> !period.equals(judged)).toList();
      perFold.add(grid.choose(others).thresholds());
    }
    return new NestedThresholds(periods, List.copyOf(perFold), grid.choose(periods));
  }

  @Override
  public Thresholds at(Instant ts) {
    for (int i = 0; i < periods.size(); i++) {
      if (periods.get(i).contains(ts)) {
        return perFold.get(i);
      }
    }
    return live.thresholds();
  }
}
