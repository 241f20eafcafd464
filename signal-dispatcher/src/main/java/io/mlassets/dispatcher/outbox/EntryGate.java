package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.control.TradingState;
import io.mlassets.dispatcher.outbox.Dispatched.Outcome;
import io.mlassets.platform.MarketClock;
import io.mlassets.signal.Action;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Whether a signal may go now: EXIT and HOLD always, an ENTER unless halted or expired. */
@Component
class EntryGate {
  private final MarketClock marketClock;

  EntryGate(MarketClock marketClock) {
    this.marketClock = marketClock;
  }

  Outcome outcome(Action action, Instant expiresAt, TradingState state) {
    if (action != Action.ENTER) {
      return Outcome.PUBLISHED;
    }
    if (!state.allowsEntries()) {
      return Outcome.BLOCKED;
    }
    return marketClock.now().isAfter(expiresAt) ? Outcome.EXPIRED : Outcome.PUBLISHED;
  }

  Outcome outcome(Numbered signal, TradingState state) {
    return outcome(signal.action(), signal.expiresAt(), state);
  }

  boolean lets(Numbered signal, TradingState state) {
    return outcome(signal, state) == Outcome.PUBLISHED;
  }
}
