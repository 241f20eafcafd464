package io.mlassets.dispatcher.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import java.time.Instant;
import java.util.Map;

/**
 * A cause as PostgreSQL keeps it.
 *
 * @param cause the cause
 * @param state where it leads; ACTIVE once an operator resumed from it
 * @param since when that was, system time
 * @param marketSince the same in market time
 * @param reason why
 * @param actor who
 * @param figures what was measured
 */
public record LatchedCause(
    Cause cause,
    TradingState state,
    Instant since,
    @JsonProperty("market_since") Instant marketSince,
    String reason,
    String actor,
    Map<String, Double> figures) {

  /** Copies. */
  public LatchedCause {
    figures = Map.copyOf(figures);
  }

  boolean isLatched() {
    return state != TradingState.ACTIVE;
  }
}
