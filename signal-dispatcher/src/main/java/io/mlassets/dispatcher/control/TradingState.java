package io.mlassets.dispatcher.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What may be sent.
 *
 * @param state the switch
 * @param reason why, as the operator put it
 * @param actor who set it
 * @param changedAt when, UTC
 */
public record TradingState(
    State state, String reason, String actor, @JsonProperty("changed_at") Instant changedAt) {

  /** The positions of the switch. */
  public enum State {
    /** Everything is sent. */
    ACTIVE,
    /** Only exits. */
    REDUCING,
    /** Only exits. */
    HALTED
  }

  /** Whether an ENTER may be sent. */
  public boolean allowsEntries() {
    return state == State.ACTIVE;
  }
}
