package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.control.StateInForce;
import io.mlassets.dispatcher.outbox.Dispatched.Outcome;
import io.mlassets.platform.MarketClock;
import io.mlassets.signal.Action;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Whether a signal may go now: EXIT and HOLD always, an ENTER unless stopped or expired. */
@Component
class EntryGate {
  /** Begins the reason of an entry that came while entries were stopped. */
  static final String STOPPED = "trading_state";

  private final MarketClock marketClock;

  EntryGate(MarketClock marketClock) {
    this.marketClock = marketClock;
  }

  Outcome outcome(Action action, Instant expiresAt, StateInForce state) {
    if (action != Action.ENTER) {
      return Outcome.PUBLISHED;
    }
    if (!state.allowsEntries()) {
      return Outcome.BLOCKED;
    }
    return marketClock.now().isAfter(expiresAt) ? Outcome.EXPIRED : Outcome.PUBLISHED;
  }

  /** Why an entry with that outcome does not go; empty when it goes. */
  static String reason(Outcome outcome, StateInForce state) {
    return switch (outcome) {
      case BLOCKED -> STOPPED + ": " + state.why();
      case EXPIRED -> "expired";
      case PUBLISHED, INVALID -> "";
    };
  }

  Outcome outcome(Numbered signal, StateInForce state) {
    return outcome(signal.action(), signal.expiresAt(), state);
  }

  boolean lets(Numbered signal, StateInForce state) {
    return outcome(signal, state) == Outcome.PUBLISHED;
  }
}
