package io.mlassets.dispatcher.outbox;

import io.mlassets.dispatcher.control.EaContact;
import io.mlassets.dispatcher.control.StateInForce;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.dispatcher.outbox.DispatchMetrics.Stage;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/**
 * Sends what is numbered and Redis does not have. Entries are judged once more right before, under
 * a lock no halt passes: between number and sending, Redis may have been away for hours.
 */
@Component
class SendSignals {
  private static final Logger log = LoggerFactory.getLogger(SendSignals.class);
  private final Outbox outbox;
  private final RedisLog redisLog;
  private final KeepLog keepLog;
  private final SignalFile signalFile;
  private final TakeBackEntries takeBack;
  private final EntryGate gate;
  private final TradingStates states;
  private final EaContact eaContact;
  private final DispatchMetrics metrics;
  private final Clock clock;

  SendSignals(
      Outbox outbox,
      RedisLog redisLog,
      KeepLog keepLog,
      SignalFile signalFile,
      TakeBackEntries takeBack,
      EntryGate gate,
      TradingStates states,
      EaContact eaContact,
      DispatchMetrics metrics,
      Clock clock) {
    this.outbox = outbox;
    this.redisLog = redisLog;
    this.keepLog = keepLog;
    this.signalFile = signalFile;
    this.takeBack = takeBack;
    this.gate = gate;
    this.states = states;
    this.eaContact = eaContact;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Sends what was numbered just now, or, with a backlog, what the database says is unsent.
   *
   * @return whether what the leader knows still holds; if not, it is to look again
   */
  boolean send(SignalStream stream, Led led, List<Numbered> numberedNow) {
    List<Numbered> unsent = led.hasBacklog() ? outbox.unsent(stream) : numberedNow;
    if (unsent.isEmpty()) {
      led.backlog(false);
      return true;
    }
    // Exits and holds go whatever the state is; nothing needs to wait for them.
    boolean anyEntry = unsent.stream().anyMatch(one -> one.action() == Action.ENTER);
    boolean sent =
        anyEntry
            ? states.whileInForce(state -> judgeAndSend(stream, led, unsent, state))
            : send(stream, led.epoch(), unsent);
    if (sent) {
      led.sent(unsent.getLast().seq());
      led.backlog(unsent.getLast().seq() + 1 < led.nextSeq());
      for (Numbered one : unsent) {
        Level level = one.action() == Action.HOLD ? Level.DEBUG : Level.INFO;
        log.atLevel(level).log("{} {} {} {}", stream.id(), one.seq(), one.action(), one.pair());
      }
    }
    return sent;
  }

  private boolean judgeAndSend(
      SignalStream stream, Led led, List<Numbered> unsent, StateInForce state) {
    if (unsent.stream().allMatch(one -> gate.lets(one, state))) {
      return send(stream, led.epoch(), unsent);
    }
    takeBack.from(stream, led.epoch(), unsent, state);
    return false;
  }

  private boolean send(SignalStream stream, long epoch, List<Numbered> unsent) {
    Instant before = clock.instant();
    long publishing = System.nanoTime();
    if (!redisLog.append(stream, epoch, unsent, true)) {
      keepLog.setAside(stream, epoch);
      return false;
    }
    metrics.over(Stage.PUBLISH, publishing);
    signalFile.write(stream, unsent);
    long marking = System.nanoTime();
    outbox.markSent(stream, epoch, unsent.getFirst().seq(), unsent.getLast().seq());
    metrics.over(Stage.MARK, marking);
    metrics.sent(unsent);
    if (stream.mode() == SignalMode.LIVE
        && unsent.stream().anyMatch(one -> one.action() != Action.HOLD)) {
      eaContact.ordered(before);
    }
    return true;
  }
}
