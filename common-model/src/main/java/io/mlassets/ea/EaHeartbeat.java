package io.mlassets.ea;

import io.mlassets.control.TradingState;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.Optional;

/**
 * What an Expert Advisor reads of a heartbeat.
 *
 * @param tip last number published
 * @param epoch of the dispatcher that leads
 * @param state what may be done
 * @param at the dispatcher's clock, UTC
 * @param market the clock expiry is meant by, UTC
 */
record EaHeartbeat(long tip, long epoch, TradingState state, Instant at, Instant market) {

  /** Reads a text; empty when it is no heartbeat of that mode sealed with that key. */
  static Optional<EaHeartbeat> read(String text, Seal seal, SignalMode mode) {
    if (text.length() >= SignalJson.LIMIT_BYTES || !seal.holds(text)) {
      return Optional.empty();
    }
    try {
      return StrictJson.read(text).map(json -> read(json, mode));
    } catch (UnfitDocument e) {
      return Optional.empty(); // Whoever asked counts it; the text may be anybody's.
    }
  }

  private static EaHeartbeat read(StrictJson json, SignalMode mode) {
    if (!json.text("type", 16).equals("heartbeat") || !json.text("mode", 8).equals(mode.wire())) {
      throw new UnfitDocument("no heartbeat of this mode");
    }
    return new EaHeartbeat(
        json.counter("tip"),
        json.counter("epoch"),
        state(json.text("state", 8)),
        json.time("at"),
        json.time("market_time"));
  }

  private static TradingState state(String text) {
    return switch (text) {
      case "ACTIVE" -> TradingState.ACTIVE;
      case "REDUCING" -> TradingState.REDUCING;
      case "HALTED" -> TradingState.HALTED;
      default -> throw new UnfitDocument("no such state");
    };
  }
}
