package io.mlassets.trainer.theta;

import io.mlassets.backtest.Period;
import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.decision.Thresholds;
import java.time.Instant;
import java.util.List;

/**
 * Thresholds chosen outside the fold they are judged on, and those for live use, chosen on all.
 *
 * @param periods the folds' periods, in time order
 * @param perFold the choice for each fold, made on the other folds
 * @param live the choice made on all folds
 */
public record NestedThresholds(
    List<Period> periods, List<ThresholdChoice> perFold, ThresholdChoice live)
    implements ThresholdsAt {

  /** Copies the lists. */
  public NestedThresholds {
    periods = List.copyOf(periods);
    perFold = List.copyOf(perFold);
  }

  @Override
  public Thresholds at(Instant ts) {
    for (int i = 0; i < periods.size(); i++) {
      if (periods.get(i).contains(ts)) {
        return perFold.get(i).thresholds();
      }
    }
    return live.thresholds();
  }
}
