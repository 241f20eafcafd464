package io.mlassets.ea;

import io.mlassets.signal.SignalMode;
import java.util.List;

/**
 * The names of one mode's signals.
 *
 * @param signals channel of signals
 * @param heartbeat channel of heartbeats
 * @param log stream of the same signals
 */
record Channel(String signals, String heartbeat, String log) {

  static Channel of(EaConfig config) {
    return config.mode() == SignalMode.LIVE
        ? new Channel(
            config.channels().signals(),
            config.channels().signalsHeartbeat(),
            config.channels().signalsLog())
        : new Channel(
            config.channels().shadowSignals(),
            config.channels().shadowSignalsHeartbeat(),
            config.channels().shadowSignalsLog());
  }

  /** What is subscribed to, in that order (C2). */
  List<String> subscribed() {
    return List.of(signals, heartbeat);
  }
}
