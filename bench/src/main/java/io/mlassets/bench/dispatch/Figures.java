package io.mlassets.bench.dispatch;

import io.mlassets.signal.Action;
import java.util.Map;

/**
 * What was measured.
 *
 * @param insert one durable insert
 * @param publish one PUBLISH until a subscriber has it
 * @param single one signal, from its commit until a subscriber has it
 * @param byAction the same by action
 * @param burst signals of one bar
 * @param burstSeconds from their commit until a subscriber has the last one, median
 * @param publishPerSecond signals a second between the first and the last that came, median
 * @param peer who published pipelined
 * @param peerPerSecond its messages a second, median
 * @param logPeerPerSecond messages a second appended to a log and published, pipelined, median
 */
record Figures(
    Quantiles insert,
    Quantiles publish,
    Quantiles single,
    Map<Action, Quantiles> byAction,
    int burst,
    double burstSeconds,
    double publishPerSecond,
    String peer,
    double peerPerSecond,
    double logPeerPerSecond) {

  /** Median of both floors together, milliseconds. */
  double floor() {
    return insert.p50() + publish.p50();
  }

  double ratio() {
    return single.p50() / floor();
  }

  double publishShare() {
    return publishPerSecond / peerPerSecond;
  }

  /** Of the peer that keeps a log too. */
  double logShare() {
    return publishPerSecond / logPeerPerSecond;
  }
}
