package io.mlassets.ea;

import io.mlassets.channel.Heartbeat;
import io.mlassets.channel.StrictJson;
import io.mlassets.channel.UnfitDocumentException;
import io.mlassets.control.TradingState;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import java.util.Optional;

/** Reads what the dispatcher's heartbeats say. */
final class HeartbeatReader {
  private HeartbeatReader() {}

  /** Reads a text; empty when it is no heartbeat of that mode sealed with that key. */
  static Optional<Heartbeat> read(String text, SignalSeal seal, SignalMode mode) {
    if (text.length() >= SignalJson.LIMIT_BYTES || !seal.holds(text)) {
      return Optional.empty();
    }
    return StrictJson.tryRead(text, json -> read(json, mode));
  }

  private static Heartbeat read(StrictJson json, SignalMode mode) {
    if (!json.text("type", 16).equals("heartbeat") || !json.text("mode", 8).equals(mode.wire())) {
      throw new UnfitDocumentException("no heartbeat of this mode");
    }
    return new Heartbeat(
        mode,
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
      default -> throw new UnfitDocumentException("no such state");
    };
  }
}
