package io.mlassets.decision;

import io.mlassets.feature.SpreadState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a decision depends on beside features, models and policy.
 *
 * @param madeAt market time of the decision, UTC; cut to the microseconds PostgreSQL keeps
 * @param thresholds in force
 * @param spread the spread at the bar's close and its reference
 * @param position what was held before
 * @param entriesStopped whether entries of the pair are stopped; exits never are
 */
public record DecisionState(
    Instant madeAt,
    Thresholds thresholds,
    SpreadState spread,
    Position position,
    boolean entriesStopped) {

  /** Cuts the time. */
  public DecisionState {
    madeAt = madeAt.truncatedTo(ChronoUnit.MICROS);
  }
}
