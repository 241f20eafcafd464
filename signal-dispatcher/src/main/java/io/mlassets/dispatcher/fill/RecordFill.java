package io.mlassets.dispatcher.fill;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.channel.TradeNotice;
import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.dispatcher.control.EaContact;
import io.mlassets.dispatcher.control.FindTrades;
import io.mlassets.dispatcher.fill.TradeBook.Booking;
import io.mlassets.dispatcher.outbox.SignalStream;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.redis.StreamEntry;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import io.mlassets.trade.Fill;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Books one fill: once per {@code (account, deal_ticket)}, only for a signal that was sent to that
 * account's stream. Accounts whose name begins with {@value EaContact#SHADOW_ACCOUNTS} follow
 * shadow signals.
 */
@Component
class RecordFill {
  private static final Logger log = LoggerFactory.getLogger(RecordFill.class);
  private final TradeBook book;
  private final Quarantine quarantine;
  private final TransactionOperations transactions;
  private final AnnounceTrades announceTrades;
  private final Channels channels;
  private final JsonMapper strict;
  private final MeterRegistry meters;
  private final EaContact eaContact;
  private final FindTrades findTrades;
  private final Clock clock;
  private final DispatcherSettings settings;

  RecordFill(
      TradeBook book,
      Quarantine quarantine,
      TransactionOperations transactions,
      AnnounceTrades announceTrades,
      Channels channels,
      JsonMapper json,
      MeterRegistry meters,
      EaContact eaContact,
      FindTrades findTrades,
      Clock clock,
      DispatcherSettings settings) {
    this.book = book;
    this.quarantine = quarantine;
    this.transactions = transactions;
    this.announceTrades = announceTrades;
    this.channels = channels;
    this.strict =
        json.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    this.meters = meters;
    this.eaContact = eaContact;
    this.findTrades = findTrades;
    this.clock = clock;
    this.settings = settings;
  }

  /** Books what a fill message says, or quarantines it. */
  void record(StreamEntry entry) {
    @Nullable Fill fill;
    try {
      fill = strict.readValue(entry.json(), Fill.class);
    } catch (JacksonException e) {
      refuse("malformed", "not a fill: " + e.getOriginalMessage(), entry);
      return;
    }
    if (fill == null) {
      refuse("malformed", "not a fill: null", entry);
      return;
    }
    try {
      record(fill, entry);
    } catch (DataIntegrityViolationException e) {
      refuse("unstorable", String.valueOf(e.getMostSpecificCause().getMessage()), entry);
    }
  }

  private void record(Fill fill, StreamEntry entry) {
    eaContact.heard(fill.account(), clock.instant());
    SignalMode mode = EaContact.modeOf(fill.account());
    String stream = new SignalStream(settings.scope(), mode).id();
    Optional<BookedSignal> signal = book.signal(stream, fill.signalSeq());
    if (signal.isEmpty()) {
      refuse("unknown_seq", "no signal %d in %s".formatted(fill.signalSeq(), stream), entry);
      return;
    }
    if (!signal.get().pair().equals(fill.pair())) {
      refuse(
          "wrong_pair",
          "signal %d is of %s, the fill of %s"
              .formatted(fill.signalSeq(), signal.get().pair(), fill.pair()),
          entry);
      return;
    }
    if (signal.get().action() == Action.HOLD) {
      refuse("not_an_order", "signal %d asked for nothing".formatted(fill.signalSeq()), entry);
      return;
    }
    Optional<Action> done = signal.get().doneBy(fill.symbol(), fill.side());
    if (done.isEmpty() || !isCovered(fill, signal.get(), done.get())) {
      refuse(
          "wrong_leg",
          "signal %d did not ask for %s of %s, nor was so much dealt that could be taken back"
              .formatted(fill.signalSeq(), fill.side(), fill.symbol()),
          entry);
      return;
    }
    Booking booking = book(fill, signal.get(), done.get(), mode);
    findTrades.changed();
    switch (booking) {
      case BOOKED -> booked(fill);
      case REPEATED -> count("repeated");
      case CONFLICTING ->
          refuse(
              "conflict",
              "deal %d of %s was booked before with other content"
                  .formatted(fill.dealTicket(), fill.account()),
              entry);
    }
  }

  /** What takes an orphan leg back must find something to take. */
  private boolean isCovered(Fill fill, BookedSignal signal, Action done) {
    return done == signal.action() || !fill.dealt() || book.canBeTakenBack(fill);
  }

  private Booking book(Fill fill, BookedSignal signal, Action done, SignalMode mode) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              Booking booking = book.book(fill, signal, done, mode);
              if (booking == Booking.BOOKED) {
                announceTrades.keep(
                    new TradeNotice(mode.wire(), signal.signalId().toString(), done.name(), fill));
              }
              return booking;
            }));
  }

  private void booked(Fill fill) {
    count(fill.dealt() ? "booked" : "rejected");
    log.info(
        "{} {} {} {} lots at {} (signal {}, retcode {})",
        fill.account(),
        fill.side(),
        fill.symbol(),
        fill.lots(),
        fill.price(),
        fill.signalSeq(),
        fill.retcode());
  }

  /** Leader and standby both read and refuse it. */
  private void refuse(String reason, String message, StreamEntry entry) {
    count(reason);
    quarantine.refuseOnce("stream " + channels.fills(), message, entry.json(), entry.id());
  }

  private void count(String outcome) {
    meters.counter("fills_total", "outcome", outcome).increment();
  }
}
