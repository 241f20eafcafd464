package io.mlassets.dispatcher.outcome;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.channel.AnswerReader;
import io.mlassets.channel.Channels;
import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.dispatcher.alert.Alerts;
import io.mlassets.dispatcher.control.EaContact;
import io.mlassets.dispatcher.outbox.SignalStream;
import io.mlassets.dispatcher.outcome.OutcomeBook.Booking;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.redis.StreamEntry;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import io.mlassets.trade.SignalAck;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Books one ack: once per account and signal, only for an order signal that was sent to that
 * account's stream. The same ack again is harmless, another one is a conflict.
 */
@Component
class RecordAck {
  private static final Logger log = LoggerFactory.getLogger(RecordAck.class);
  private final AnswerReader reader;
  private final OutcomeBook book;
  private final TransactionOperations transactions;
  private final Quarantine quarantine;
  private final Alerts alerts;
  private final Channels channels;
  private final MeterRegistry meters;
  private final DispatcherSettings settings;

  RecordAck(
      SignalSeal seal,
      OutcomeBook book,
      TransactionOperations transactions,
      Quarantine quarantine,
      Alerts alerts,
      Channels channels,
      MeterRegistry meters,
      DispatcherSettings settings) {
    this.reader = new AnswerReader(seal);
    this.book = book;
    this.transactions = transactions;
    this.quarantine = quarantine;
    this.alerts = alerts;
    this.channels = channels;
    this.meters = meters;
    this.settings = settings;
  }

  /** Books what an ack says, or quarantines it. */
  void record(StreamEntry entry) {
    SignalAck ack;
    try {
      ack = reader.ack(entry.json());
    } catch (IllegalArgumentException e) {
      refuse("malformed", "not an ack: " + e.getMessage(), entry);
      return;
    }
    try {
      record(ack, entry);
    } catch (DataIntegrityViolationException e) {
      refuse("unstorable", String.valueOf(e.getMostSpecificCause().getMessage()), entry);
    }
  }

  private void record(SignalAck ack, StreamEntry entry) {
    SignalMode mode = EaContact.modeOf(ack.account());
    SignalStream stream = new SignalStream(settings.scope(), mode);
    Optional<SentSignal> signal = book.signal(stream, ack.signalSeq());
    if (signal.isEmpty()) {
      refuse("unknown_seq", "no signal %d in %s".formatted(ack.signalSeq(), stream.id()), entry);
      return;
    }
    if (signal.get().action() == Action.HOLD) {
      refuse("not_an_order", "signal %d asked for nothing".formatted(ack.signalSeq()), entry);
      return;
    }
    Optional<String> contradiction = signal.get().contradiction(ack);
    if (contradiction.isPresent()) {
      refuse("other_signal", "signal %d %s".formatted(ack.signalSeq(), contradiction.get()), entry);
      return;
    }
    switch (book(ack, stream, entry.json())) {
      case BOOKED -> booked(ack);
      case REPEATED -> count("repeated");
      case CONFLICTING -> conflict(ack, entry);
    }
  }

  private Booking book(SignalAck ack, SignalStream stream, String text) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              book.know(ack.account(), stream.mode());
              Booking booking = book.book(ack, stream.mode(), text);
              if (booking == Booking.BOOKED) {
                superseded(ack, book.supersedeBefore(stream, ack));
              }
              return booking;
            }));
  }

  private void superseded(SignalAck ack, List<Long> numbers) {
    if (!numbers.isEmpty()) {
      log.info("{} {}: {} SUPERSEDED by {}", ack.account(), ack.pair(), numbers, ack.signalSeq());
      meters.counter("acks_total", "outcome", "superseded").increment(numbers.size());
    }
  }

  private void booked(SignalAck ack) {
    count("booked");
    meters
        .counter(
            "signal_outcomes_total",
            "mode",
            EaContact.modeOf(ack.account()).wire(),
            "outcome",
            ack.outcome().name())
        .increment();
    log.info(
        "{} {} {} of {}: {} {}",
        ack.account(),
        ack.signalSeq(),
        ack.action(),
        ack.pair(),
        ack.outcome(),
        ack.reason());
  }

  private void conflict(SignalAck ack, StreamEntry entry) {
    String what =
        "signal %d was answered by %s before with another ack"
            .formatted(ack.signalSeq(), ack.account());
    refuse("conflict", what, entry);
    alerts.raise(
        new Alert(
            "acks/" + ack.account(),
            Severity.ERROR,
            what,
            Map.of("signal_seq", Long.toString(ack.signalSeq()), "pair", ack.pair().id())));
  }

  /** Leader and standby both read and refuse it. */
  private void refuse(String reason, String message, StreamEntry entry) {
    count(reason);
    quarantine.refuseOnce("stream " + channels.acks(), message, entry.json(), entry.id());
  }

  private void count(String outcome) {
    meters.counter("acks_total", "outcome", outcome).increment();
  }
}
