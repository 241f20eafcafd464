package io.mlassets.channel;

/**
 * Names of the Redis streams and channels; other systems rely on them.
 *
 * @param prefix put before every name, empty by default
 */
public record Channels(String prefix) {

  /** Stream of incoming bars, field {@link #PAYLOAD}. */
  public String bars() {
    return prefix + "bars";
  }

  /** Stream of feature vectors the data pipeline makes, field {@link #PAYLOAD}. */
  public String features() {
    return prefix + "features";
  }

  /** Stream of fills and refusals from Expert Advisors, field {@link #PAYLOAD}. */
  public String fills() {
    return prefix + "fills";
  }

  /** Stream of what became of order signals, sealed, field {@link #PAYLOAD}. */
  public String acks() {
    return prefix + "acks";
  }

  /** Stream of what Expert Advisors hold, sealed, field {@link #PAYLOAD}. */
  public String positions() {
    return prefix + "positions";
  }

  /** Stream of every live signal sent, entry id {@code <seq>-0}, field {@link #PAYLOAD}. */
  public String signalsLog() {
    return prefix + "signals.log";
  }

  /** Stream of every shadow signal, same form. */
  public String shadowSignalsLog() {
    return prefix + "signals.shadow.log";
  }

  /** Hash of the last live signal sent of each pair, pair id → the bytes sent. */
  public String lastSignals() {
    return prefix + "signals.last";
  }

  /** Hash of the last shadow signal of each pair. */
  public String lastShadowSignals() {
    return prefix + "signals.shadow.last";
  }

  /** Channel of live signals. */
  public String signals() {
    return prefix + "signals";
  }

  /** Channel of shadow signals: recorded and watched, never traded. */
  public String shadowSignals() {
    return prefix + "signals.shadow";
  }

  /** Channel of the dispatcher's heartbeats about live signals, one a second. */
  public String signalsHeartbeat() {
    return signals() + ".heartbeat";
  }

  /** Channel of its heartbeats about shadow signals. */
  public String shadowSignalsHeartbeat() {
    return shadowSignals() + ".heartbeat";
  }

  /** Channel that wakes the dispatcher when signals were committed; carries no data. */
  public String outboxWakeUp() {
    return prefix + "outbox";
  }

  /** Channel of trades booked from fills. */
  public String trades() {
    return prefix + "trades";
  }

  /** Channel of model adoptions and roll-backs. */
  public String models() {
    return prefix + "models";
  }

  /** Channel of policy changes. */
  public String policy() {
    return prefix + "policy";
  }

  /** Channel of drift measurements. */
  public String drift() {
    return prefix + "drift";
  }

  /** Channel asking the trainer for a run. */
  public String retrainRequests() {
    return prefix + "retrain.requests";
  }

  /** Channel telling the backtest layer of a new model and its parameters. */
  public String backtest() {
    return prefix + "backtest";
  }

  /** Channel of trading-state changes (halt, resume). */
  public String control() {
    return prefix + "control";
  }

  /** Name of the one field of every stream entry; it holds a JSON document. */
  public static final String PAYLOAD = "json";
}
