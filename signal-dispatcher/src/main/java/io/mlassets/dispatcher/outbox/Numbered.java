package io.mlassets.dispatcher.outbox;

import io.mlassets.signal.Action;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A numbered signal as it is sent.
 *
 * @param seq its number
 * @param payload the exact bytes
 * @param pair id of its pair
 * @param action what it asks for
 * @param barTs UTC start of its bar
 * @param expiresAt an entry must not be sent after this instant
 * @param createdAt when its row was written
 */
record Numbered(
    long seq,
    String payload,
    String pair,
    Action action,
    Instant barTs,
    Instant expiresAt,
    Instant createdAt) {

  /** What was numbered just now; empty if it got no number. */
  static Stream<Numbered> of(Dispatched dispatched) {
    return dispatched.seq() > 0 && dispatched.waiting() instanceof Waiting.Ready ready
        ? Stream.of(
            new Numbered(
                dispatched.seq(),
                dispatched.payload(),
                ready.signal().pair().id(),
                ready.signal().action(),
                ready.barTs(),
                ready.signal().expiresAt(),
                ready.createdAt()))
        : Stream.empty();
  }
}
