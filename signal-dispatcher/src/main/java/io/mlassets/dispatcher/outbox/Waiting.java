package io.mlassets.dispatcher.outbox;

import io.mlassets.signal.Signal;
import java.time.Instant;
import java.util.UUID;

/** A signal's row that nobody has dispatched yet. */
sealed interface Waiting {
  /** The signal's id. */
  UUID signalId();

  /** UTC start of its bar. */
  Instant barTs();

  /** When its row was written. */
  Instant createdAt();

  /** A row that says what a signal says. */
  record Ready(Signal signal, Instant createdAt) implements Waiting {
    @Override
    public UUID signalId() {
      return signal.signalId();
    }

    @Override
    public Instant barTs() {
      return signal.barTs();
    }
  }

  /** A row that is no signal: it must not hold up those behind it. */
  record Unreadable(UUID signalId, Instant barTs, Instant createdAt, String reason)
      implements Waiting {}
}
