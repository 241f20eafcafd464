package io.mlassets.dispatcher.outbox;

import io.mlassets.channel.Channels;
import io.mlassets.signal.SignalMode;

/**
 * One gapless sequence of signals.
 *
 * @param scope model scope
 * @param mode live or shadow
 */
public record SignalStream(String scope, SignalMode mode) {

  /** The key of lease and sequence in the database: {@code all:live}. */
  public String id() {
    return scope + ":" + mode.wire();
  }

  String log(Channels channels) {
    return mode == SignalMode.LIVE ? channels.signalsLog() : channels.shadowSignalsLog();
  }

  String last(Channels channels) {
    return mode == SignalMode.LIVE ? channels.lastSignals() : channels.lastShadowSignals();
  }

  String channel(Channels channels) {
    return mode == SignalMode.LIVE ? channels.signals() : channels.shadowSignals();
  }

  String heartbeat(Channels channels) {
    return mode == SignalMode.LIVE
        ? channels.signalsHeartbeat()
        : channels.shadowSignalsHeartbeat();
  }

  String epochKey(Channels channels) {
    return log(channels) + ".epoch";
  }
}
