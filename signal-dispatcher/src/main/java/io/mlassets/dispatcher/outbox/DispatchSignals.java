package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.control.TradingState;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.dispatcher.outbox.Outbox.Dispatched;
import io.mlassets.dispatcher.outbox.Outbox.Numbered;
import io.mlassets.dispatcher.outbox.Outbox.Waiting;
import io.mlassets.platform.MarketClock;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * One round of one stream: numbers the waiting signals, in one transaction with the bytes to be
 * sent, then brings to Redis what it does not have. While halted an ENTER is blocked; an ENTER past
 * its expiry is dropped; both get a row and no number. EXIT and HOLD always go.
 */
@Component
class DispatchSignals {
  private static final Logger log = LoggerFactory.getLogger(DispatchSignals.class);

  /** Longest time between writing a signal's row and committing it that a short look allows for. */
  private static final Duration LOOK_BACK = Duration.ofSeconds(60);

  private static final Duration FULL_LOOK_EVERY = Duration.ofMinutes(5);

  private final Lease lease;
  private final Outbox outbox;
  private final RedisLog redisLog;
  private final SignalFile signalFile;
  private final TradingStates states;
  private final TransactionOperations transactions;
  private final MarketClock marketClock;
  private final Clock clock;
  private final DispatchMetrics metrics;
  private final Map<SignalStream, Instant> lookAfter = new HashMap<>();
  private final Map<SignalStream, Instant> lastFullLook = new HashMap<>();

  DispatchSignals(
      Lease lease,
      Outbox outbox,
      RedisLog redisLog,
      SignalFile signalFile,
      TradingStates states,
      TransactionOperations transactions,
      MarketClock marketClock,
      Clock clock,
      DispatchMetrics metrics) {
    this.lease = lease;
    this.outbox = outbox;
    this.redisLog = redisLog;
    this.signalFile = signalFile;
    this.states = states;
    this.transactions = transactions;
    this.marketClock = marketClock;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Does what there is to do; true if there may be more at once. */
  boolean round(SignalStream stream) {
    Optional<Long> epoch = lease.take(stream);
    metrics.leads(stream, epoch.isPresent());
    if (epoch.isEmpty()) {
      return false;
    }
    int numbered = number(stream, epoch.get());
    int sent = send(stream, epoch.get());
    return numbered == Outbox.MOST || sent == Outbox.MOST;
  }

  private int number(SignalStream stream, long epoch) {
    Instant after = lookAfter(stream);
    List<Waiting> waiting = outbox.waiting(stream, after);
    if (waiting.isEmpty()) {
      return 0;
    }
    List<Dispatched> done = new ArrayList<>();
    transactions.executeWithoutResult(
        status -> {
          OptionalLong next = lease.nextSeq(stream, epoch);
          if (next.isEmpty()) {
            log.warn("{}: epoch {} is over, another dispatcher leads", stream.id(), epoch);
            return;
          }
          done.addAll(outcomes(waiting, next.getAsLong(), epoch));
          outbox.write(stream, epoch, done);
          long published = done.stream().filter(one -> one.seq() > 0).count();
          lease.advance(stream, epoch, next.getAsLong() + published);
        });
    done.forEach(one -> metrics.dispatched(one.signal(), one.outcome()));
    if (waiting.size() < Outbox.MOST) {
      Instant newest = waiting.getLast().createdAt();
      lookAfter.merge(stream, newest.minus(LOOK_BACK), (a, b) -> a.isAfter(b) ? a : b);
    }
    return waiting.size();
  }

  private Instant lookAfter(SignalStream stream) {
    Instant now = clock.instant();
    Instant last = lastFullLook.getOrDefault(stream, Instant.MIN);
    if (last.isBefore(now.minus(FULL_LOOK_EVERY))) {
      lastFullLook.put(stream, now);
      return Instant.EPOCH;
    }
    return lookAfter.getOrDefault(stream, Instant.EPOCH);
  }

  private List<Dispatched> outcomes(List<Waiting> waiting, long nextSeq, long epoch) {
    TradingState state = states.current();
    waiting.forEach(one -> marketClock.sawBar(one.signal().interval().endOf(one.signal().barTs())));
    List<Dispatched> outcomes = new ArrayList<>();
    long seq = nextSeq;
    for (Waiting one : waiting) {
      Signal signal = one.signal();
      String refusal = refusal(signal, state);
      if (refusal == null) {
        outcomes.add(new Dispatched(signal, seq, "PUBLISHED", SignalJson.of(signal, seq, epoch)));
        seq++;
      } else {
        outcomes.add(new Dispatched(signal, 0, refusal, SignalJson.of(signal, 0, epoch)));
      }
    }
    return outcomes;
  }

  private @Nullable String refusal(Signal signal, TradingState state) {
    if (signal.action() != Action.ENTER) {
      return null;
    }
    if (!state.allowsEntries()) {
      return "BLOCKED";
    }
    return marketClock.now().isAfter(signal.expiresAt()) ? "EXPIRED" : null;
  }

  private int send(SignalStream stream, long epoch) {
    restoreLog(stream, epoch);
    List<Numbered> unsent = outbox.unsent(stream);
    if (unsent.isEmpty()) {
      return 0;
    }
    redisLog.append(stream, epoch, unsent, true);
    outbox.markSent(stream, unsent.getFirst().seq(), unsent.getLast().seq());
    metrics.sent(unsent.size());
    signalFile.write(stream, unsent);
    return unsent.size();
  }

  /** Puts back what Redis lost; what it still has is skipped by its number. */
  private void restoreLog(SignalStream stream, long epoch) {
    long sent = outbox.lastSent(stream);
    long tip = redisLog.tip(stream);
    if (tip >= sent) {
      return;
    }
    log.warn("{}: the log ends at {}, {} were sent; rebuilding", stream.id(), tip, sent);
    while (tip < sent) {
      List<Numbered> lost = outbox.sentAfter(stream, tip);
      if (lost.isEmpty()) {
        return;
      }
      redisLog.append(stream, epoch, lost, false);
      metrics.rebuilt(lost.size());
      tip = lost.getLast().seq();
    }
  }
}
