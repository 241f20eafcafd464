package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.control.Leadership;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.platform.MarketClock;
import io.mlassets.signal.SignalMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One round of one stream, by whoever holds its lease: the log is brought up to date first, so that
 * no signal is numbered while Redis is away; then waiting signals are numbered; then what Redis
 * does not have is sent; then Expert Advisors are told how far that is.
 */
@Component
class DispatchSignals {
  private static final Logger log = LoggerFactory.getLogger(DispatchSignals.class);
  private final Lease lease;
  private final Outbox outbox;
  private final LookBack lookBack;
  private final NumberSignals numberSignals;
  private final KeepLog keepLog;
  private final SendSignals sendSignals;
  private final Heartbeats heartbeats;
  private final RedisLog redisLog;
  private final MarketClock marketClock;
  private final TradingStates states;
  private final JudgeEntries judge;
  private final Leadership leadership;
  private final DispatchMetrics metrics;
  private final Map<SignalStream, Long> leading = new HashMap<>();

  DispatchSignals(
      Lease lease,
      Outbox outbox,
      LookBack lookBack,
      NumberSignals numberSignals,
      KeepLog keepLog,
      SendSignals sendSignals,
      Heartbeats heartbeats,
      RedisLog redisLog,
      MarketClock marketClock,
      TradingStates states,
      JudgeEntries judge,
      Leadership leadership,
      DispatchMetrics metrics) {
    this.lease = lease;
    this.outbox = outbox;
    this.lookBack = lookBack;
    this.numberSignals = numberSignals;
    this.keepLog = keepLog;
    this.sendSignals = sendSignals;
    this.heartbeats = heartbeats;
    this.redisLog = redisLog;
    this.marketClock = marketClock;
    this.states = states;
    this.judge = judge;
    this.leadership = leadership;
    this.metrics = metrics;
  }

  /** Does what there is to do; true if there may be more at once. */
  boolean round(SignalStream stream) {
    Optional<Long> taken = lease.take(stream);
    metrics.leads(stream, taken.isPresent());
    if (stream.mode() == SignalMode.LIVE) {
      leadership.leads(taken.isPresent());
    }
    if (taken.isEmpty()) {
      leading.remove(stream);
      return false;
    }
    long epoch = taken.get();
    if (!Long.valueOf(epoch).equals(leading.get(stream))) {
      epoch = lead(stream, epoch);
    }
    keepLog.restore(stream, epoch);
    int numbered = numberSignals.number(stream, epoch);
    boolean more = sendSignals.send(stream, epoch);
    heartbeats.beat(stream, epoch);
    return more || numbered == Outbox.MOST;
  }

  /** After a failed round nothing is taken for granted. */
  void failed(SignalStream stream) {
    leading.remove(stream);
  }

  private long lead(SignalStream stream, long taken) {
    long epoch = taken;
    long known = redisLog.epoch(stream);
    if (known > taken) {
      // Redis outlived an older database: PostgreSQL says who leads, so its epoch goes past.
      epoch = lease.raise(stream, taken, known + 1);
    }
    redisLog.fence(stream, epoch);
    lookBack.forget(stream);
    judge.forget(stream);
    outbox
        .newestBar()
        .ifPresent(
            bar -> {
              marketClock.sawBar(bar.interval().endOf(bar.ts()));
              leadership.sawBar(bar.ts(), bar.interval());
            });
    if (!keepLog.isOurs(stream)) {
      keepLog.setAside(stream, epoch);
    }
    leading.put(stream, epoch);
    log.info("{}: leads with epoch {}, trading {}", stream.id(), epoch, states.current().state());
    return epoch;
  }
}
