package io.mlassets.dispatcher.outbox;

import io.mlassets.control.EntryLimits.Refusal;
import io.mlassets.dispatcher.control.Leadership;
import io.mlassets.dispatcher.control.StateInForce;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.dispatcher.outbox.Dispatched.Outcome;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalJson;
import io.mlassets.signal.SignalSeal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives waiting signals their outcome and number, in one statement with the bytes to be sent. While
 * entries are stopped, or over a limit, an ENTER is blocked; one past its expiry is dropped;
 * neither gets a number. EXIT and HOLD always do. What changes between number and sending is {@link
 * TakeBackEntries}' concern.
 */
@Component
class NumberSignals {
  private static final Logger log = LoggerFactory.getLogger(NumberSignals.class);
  private final Outbox outbox;
  private final TradingStates states;
  private final EntryGate gate;
  private final JudgeEntries judge;
  private final Leadership leadership;
  private final MarketClock marketClock;
  private final Quarantine quarantine;
  private final SignalSeal seal;
  private final DispatchMetrics metrics;

  NumberSignals(
      Outbox outbox,
      TradingStates states,
      EntryGate gate,
      JudgeEntries judge,
      Leadership leadership,
      MarketClock marketClock,
      Quarantine quarantine,
      SignalSeal seal,
      DispatchMetrics metrics) {
    this.outbox = outbox;
    this.states = states;
    this.gate = gate;
    this.judge = judge;
    this.leadership = leadership;
    this.marketClock = marketClock;
    this.quarantine = quarantine;
    this.seal = seal;
    this.metrics = metrics;
  }

  /**
   * Numbers what waits.
   *
   * @throws EpochOverException if the epoch is over; nothing is written
   */
  List<Dispatched> number(SignalStream stream, Led led, List<Waiting> waiting) {
    JudgeEntries.Batch entries = judge.batch(stream);
    List<Dispatched> outcomes = outcomes(waiting, led, entries);
    outbox.write(stream, led.epoch(), led.nextSeq(), outcomes);
    judge.keep(entries);
    outcomes.forEach(one -> led.numbered(Math.max(led.nextSeq(), one.seq() + 1)));
    return outcomes;
  }

  private List<Dispatched> outcomes(List<Waiting> waiting, Led led, JudgeEntries.Batch entries) {
    boolean anyEntry = false;
    for (Waiting one : waiting) {
      if (one instanceof Waiting.Ready ready) {
        marketClock.sawBar(ready.signal().interval().endOf(ready.barTs()));
        leadership.sawBar(ready.barTs(), ready.signal().interval());
        anyEntry |= ready.signal().action() == Action.ENTER;
      }
    }
    // Only entries depend on it.
    StateInForce state =
        anyEntry ? states.current() : new StateInForce(List.of(), Optional.empty());
    List<Dispatched> outcomes = new ArrayList<>();
    long seq = led.nextSeq();
    for (Waiting one : waiting) {
      Dispatched dispatched =
          switch (one) {
            case Waiting.Unreadable bad -> invalid(bad, bad.reason());
            case Waiting.Ready ready -> outcome(ready, state, seq, led.epoch(), entries);
          };
      outcomes.add(dispatched);
      seq = Math.max(seq, dispatched.seq() + 1);
    }
    return outcomes;
  }

  private Dispatched outcome(
      Waiting.Ready ready, StateInForce state, long seq, long epoch, JudgeEntries.Batch entries) {
    Signal signal = ready.signal();
    Outcome outcome = gate.outcome(signal.action(), signal.expiresAt(), state);
    String reason = EntryGate.reason(outcome, state);
    if (outcome == Outcome.PUBLISHED && signal.action() == Action.EXIT) {
      entries.exit(signal);
    } else if (outcome == Outcome.PUBLISHED && signal.action() == Action.ENTER) {
      Optional<Refusal> refusal = entries.entry(signal);
      outcome = refusal.isPresent() ? Outcome.BLOCKED : outcome;
      reason = refusal.map(Refusal::wire).orElse("");
    }
    long number = outcome == Outcome.PUBLISHED ? seq : 0;
    try {
      // What nobody will send is not sealed.
      SignalSeal closing = number > 0 ? seal : SignalSeal.NONE;
      String payload = SignalJson.of(signal, number, epoch, closing);
      return new Dispatched(ready, number, outcome, payload, reason);
    } catch (IllegalArgumentException e) {
      return invalid(ready, String.valueOf(e.getMessage()));
    }
  }

  private static Dispatched invalid(Waiting waiting, String reason) {
    return new Dispatched(waiting, 0, Outcome.INVALID, reason, reason);
  }

  /** Counts and logs what was decided. */
  void tell(SignalStream stream, List<Dispatched> outcomes) {
    outcomes.forEach(one -> told(stream, one));
  }

  private void told(SignalStream stream, Dispatched one) {
    metrics.dispatched(stream, one);
    if (one.outcome() == Outcome.BLOCKED) {
      boolean stopped = one.reason().startsWith(EntryGate.STOPPED);
      metrics.refused(stream, stopped ? EntryGate.STOPPED : one.reason());
    }
    if (one.outcome() == Outcome.INVALID) {
      quarantine.refuse("core.signals_live", one.payload(), one.waiting().signalId().toString());
    } else if (one.outcome() != Outcome.PUBLISHED) {
      log.info("{} {}, {}: {}", stream.id(), one.outcome(), one.reason(), one.payload());
    }
  }
}
