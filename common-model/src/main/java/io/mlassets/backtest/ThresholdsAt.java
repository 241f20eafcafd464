package io.mlassets.backtest;

import io.mlassets.decision.Thresholds;
import java.time.Instant;

/** The thresholds in force at a bar: per fold, those chosen outside the fold. */
@FunctionalInterface
public interface ThresholdsAt {

  /** The thresholds for the bar that starts at {@code ts}. */
  Thresholds at(Instant ts);

  /** The same thresholds all the time. */
  static ThresholdsAt always(Thresholds thresholds) {
    return ts -> thresholds;
  }
}
