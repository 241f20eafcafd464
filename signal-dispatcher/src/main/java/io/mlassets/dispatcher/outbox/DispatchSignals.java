package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.dispatcher.control.AwaitedReports;
import io.mlassets.dispatcher.control.Leadership;
import io.mlassets.dispatcher.control.StateInForce;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.dispatcher.outbox.DispatchMetrics.Stage;
import io.mlassets.platform.MarketClock;
import io.mlassets.signal.SignalMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One round of one stream, by whoever holds its lease: that the log ends where it should is asked
 * first, so that no signal is numbered while Redis is away; then waiting signals are numbered; then
 * what Redis does not have is sent; then Expert Advisors are told how far that is. A log that is
 * not as it should be is brought up to date by leading anew.
 */
@Component
class DispatchSignals implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DispatchSignals.class);

  /** Signals written in one statement: of more than that its arrays do not stay in memory. */
  private static final int PART = 1_000;

  private final Lease lease;
  private final KeepLease keepLease;
  private final Outbox outbox;
  private final NumberSignals numberSignals;
  private final KeepLog keepLog;
  private final SendSignals sendSignals;
  private final SignalFile signalFile;
  private final EntryGate gate;
  private final Heartbeats heartbeats;
  private final RedisLog redisLog;
  private final MarketClock marketClock;
  private final TradingStates states;
  private final JudgeEntries judge;
  private final Leadership leadership;
  private final AwaitedReports awaitedReports;
  private final DispatchMetrics metrics;
  private final DispatcherSettings settings;
  private final ExecutorService beside =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "dispatch-redis"));
  private final Map<SignalStream, Led> leading = new HashMap<>();

  DispatchSignals(
      Lease lease,
      KeepLease keepLease,
      Outbox outbox,
      NumberSignals numberSignals,
      KeepLog keepLog,
      SendSignals sendSignals,
      SignalFile signalFile,
      EntryGate gate,
      Heartbeats heartbeats,
      RedisLog redisLog,
      MarketClock marketClock,
      TradingStates states,
      JudgeEntries judge,
      Leadership leadership,
      AwaitedReports awaitedReports,
      DispatchMetrics metrics,
      DispatcherSettings settings) {
    this.lease = lease;
    this.keepLease = keepLease;
    this.outbox = outbox;
    this.numberSignals = numberSignals;
    this.keepLog = keepLog;
    this.sendSignals = sendSignals;
    this.signalFile = signalFile;
    this.gate = gate;
    this.heartbeats = heartbeats;
    this.redisLog = redisLog;
    this.marketClock = marketClock;
    this.states = states;
    this.judge = judge;
    this.leadership = leadership;
    this.awaitedReports = awaitedReports;
    this.metrics = metrics;
    this.settings = settings;
  }

  /** Does what there is to do; true if there may be more at once. */
  boolean round(SignalStream stream) {
    return keepLease.during(stream, () -> leadAndSend(stream));
  }

  private boolean leadAndSend(SignalStream stream) {
    Led led = leading.get(stream);
    if (led == null || led.sinceRenewal() > settings.lease().toNanos() / KeepLease.RENEWALS) {
      led = renewed(stream, led);
    }
    metrics.leads(stream, led != null);
    if (stream.mode() == SignalMode.LIVE) {
      leadership.leads(led != null);
    }
    return led != null && round(stream, led);
  }

  private boolean round(SignalStream stream, Led led) {
    // Both are asked before anything is numbered, and neither waits for the other.
    CompletableFuture<Boolean> stands =
        CompletableFuture.supplyAsync(
            () -> redisLog.stands(stream, led.epoch(), led.sent()), beside);
    long before = System.nanoTime();
    Outbox.Look look = outbox.look(stream, led.oldestRunning());
    List<Waiting> waiting = look.waiting();
    if (!waiting.isEmpty()) {
      metrics.over(Stage.LOOK, before);
    }
    if (!answer(stands)) {
      leading.remove(stream);
      return true;
    }
    boolean sent = numberAndSend(stream, led, waiting);
    if (!look.isFull()) {
      led.seenBefore(look.oldestRunning());
    }
    if (sent) {
      heartbeats.beat(stream, led.epoch());
    } else {
      leading.remove(stream);
    }
    return !sent || led.hasBacklog() || look.isFull();
  }

  private boolean numberAndSend(SignalStream stream, Led led, List<Waiting> waiting) {
    List<Dispatched> outcomes = new ArrayList<>();
    long before = System.nanoTime();
    try {
      for (int from = 0; from < waiting.size(); from += PART) {
        int to = Math.min(from + PART, waiting.size());
        outcomes.addAll(numberSignals.number(stream, led, waiting.subList(from, to)));
      }
      if (!waiting.isEmpty()) {
        metrics.over(Stage.NUMBER, before);
      }
      return sendSignals.send(stream, led, outcomes.stream().flatMap(Numbered::of).toList());
    } finally {
      // What is written counts, whatever failed after it.
      numberSignals.tell(stream, outcomes);
    }
  }

  private static boolean answer(CompletableFuture<Boolean> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    beside.shutdownNow();
  }

  /** After a failed round nothing is taken for granted. */
  void failed(SignalStream stream) {
    leading.remove(stream);
  }

  /** Takes or renews the lease; null if another holds it. */
  private @Nullable Led renewed(SignalStream stream, @Nullable Led known) {
    long now = System.nanoTime();
    Optional<Lease.Taken> taken = lease.take(stream, known == null ? 0 : known.oldestRunning());
    if (taken.isEmpty()) {
      leading.remove(stream);
      return null;
    }
    if (known != null && known.epoch() == taken.get().epoch()) {
      known.renewed(now);
      return known;
    }
    Led led = lead(stream, taken.get(), now);
    leading.put(stream, led);
    return led;
  }

  private Led lead(SignalStream stream, Lease.Taken taken, long now) {
    awaitedReports.begin();
    long epoch = taken.epoch();
    long known = redisLog.epoch(stream);
    if (known > epoch) {
      // Redis outlived an older database: PostgreSQL says who leads, so its epoch goes past.
      epoch = lease.raise(stream, epoch, known + 1);
    } else if (isWiped(stream, known) && lease.nextSeq(stream, epoch) > 1) {
      // Redis lost everything: at a rise Expert Advisors look whether it has what they sent.
      epoch = lease.raise(stream, epoch, epoch + 1);
    }
    redisLog.fence(stream, epoch);
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
    keepLog.restore(stream, epoch);
    StateInForce state = states.current();
    signalFile.write(
        stream, outbox.lastSent(stream).stream().filter(one -> gate.lets(one, state)).toList());
    long tip = redisLog.tip(stream).map(RedisLog.Entry::seq).orElse(0L);
    log.info("{}: leads with epoch {}, trading {}", stream.id(), epoch, state.state());
    return new Led(epoch, now, lease.nextSeq(stream, epoch), tip, taken.seenBefore());
  }

  /** A heartbeat on its way may have left its epoch in a Redis that lost the rest. */
  private boolean isWiped(SignalStream stream, long known) {
    return known == 0 || redisLog.tip(stream).isEmpty();
  }
}
