package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.control.StateInForce;
import io.mlassets.dispatcher.outbox.Dispatched.Outcome;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalSeal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes back entries that have a number but did not reach Redis before a stop or their expiry. A
 * number is never given to another signal: who heard it already would take the other for a
 * repetition. So a HOLD of the same signal goes out under it, and the row says why.
 */
@Component
class TakeBackEntries {
  private static final Logger log = LoggerFactory.getLogger(TakeBackEntries.class);
  private final Lease lease;
  private final Outbox outbox;
  private final RedisLog redisLog;
  private final SignalFile signalFile;
  private final EntryGate gate;
  private final SignalSeal seal;
  private final DispatchMetrics metrics;

  TakeBackEntries(
      Lease lease,
      Outbox outbox,
      RedisLog redisLog,
      SignalFile signalFile,
      EntryGate gate,
      SignalSeal seal,
      DispatchMetrics metrics) {
    this.lease = lease;
    this.outbox = outbox;
    this.redisLog = redisLog;
    this.signalFile = signalFile;
    this.gate = gate;
    this.seal = seal;
    this.metrics = metrics;
  }

  /**
   * Inside a transaction: what Redis has of {@code unsent} counts as sent, entries among the rest
   * that may not go become HOLDs. Raises the epoch, because an append that timed out may still be
   * on its way.
   */
  void from(SignalStream stream, long epoch, List<Numbered> unsent, StateInForce state) {
    long fenced = lease.raise(stream, epoch, epoch + 1);
    redisLog.fence(stream, fenced);
    long tip = redisLog.tip(stream).map(RedisLog.Entry::seq).orElse(0L);
    List<Numbered> there = unsent.stream().filter(one -> one.seq() <= tip).toList();
    if (!there.isEmpty()) {
      signalFile.write(stream, there.stream().filter(one -> gate.lets(one, state)).toList());
      outbox.markSent(stream, fenced, there.getFirst().seq(), there.getLast().seq());
      metrics.sent(there);
    }
    for (Numbered one : unsent) {
      Outcome outcome = gate.outcome(one, state);
      if (one.seq() > tip && outcome != Outcome.PUBLISHED) {
        takeBack(stream, one, outcome, EntryGate.reason(outcome, state));
      }
    }
  }

  private void takeBack(SignalStream stream, Numbered entry, Outcome outcome, String reason) {
    Outbox.Decided decided = outbox.decided(stream, entry.seq());
    Signal held = decided.signal().takenBack(outcome.name());
    String payload = SignalJson.of(held, entry.seq(), decided.epoch(), seal);
    outbox.replace(stream, entry.seq(), outcome, payload, reason);
    metrics.takenBack(stream, outcome);
    log.warn(
        "{} {} {} of {}: {}", stream.id(), entry.seq(), Action.ENTER, entry.pair(), held.reason());
  }
}
