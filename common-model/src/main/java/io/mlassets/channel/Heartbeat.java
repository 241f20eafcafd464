package io.mlassets.channel;

import io.mlassets.control.TradingState;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Says each second that the dispatcher lives, how far its signals are, and what may be done.
 *
 * @param mode live or shadow
 * @param tip last number published; 0 before the first
 * @param epoch of the dispatcher that leads
 * @param state what may be sent
 * @param at its clock, UTC, to the millisecond
 * @param marketTime the clock expiry is meant by: the same one, except in replays
 */
public record Heartbeat(
    SignalMode mode, long tip, long epoch, TradingState state, Instant at, Instant marketTime) {

  /** Refuses negative numbers with {@link IllegalArgumentException}. */
  public Heartbeat {
    if (tip < 0 || epoch < 0) {
      throw new IllegalArgumentException("tip %d or epoch %d is negative".formatted(tip, epoch));
    }
    at = at.truncatedTo(ChronoUnit.MILLIS);
    marketTime = marketTime.truncatedTo(ChronoUnit.MILLIS);
  }

  /** The bytes to publish, as ASCII text. */
  public String json(SignalSeal seal) {
    return seal.close(
        "{\"type\":\"heartbeat\",\"mode\":\"%s\",\"tip\":%d,\"epoch\":%d,\"state\":\"%s\",\"at\":\"%s\",\"market_time\":\"%s\""
            .formatted(mode.wire(), tip, epoch, state, at, marketTime));
  }
}
