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
 * account's stream. Accounts whose name begins with {@value #SHADOW_ACCOUNTS} follow shadow
 * signals.
 */
@Component
class RecordFill {
  static final String SHADOW_ACCOUNTS = EaContact.SHADOW_ACCOUNTS;
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
  void record(String text) {
    @Nullable Fill fill;
    try {
      fill = strict.readValue(text, Fill.class);
    } catch (JacksonException e) {
      refuse("malformed", "not a fill: " + e.getOriginalMessage(), text);
      return;
    }
    if (fill == null) {
      refuse("malformed", "not a fill: null", text);
      return;
    }
    try {
      record(fill, text);
    } catch (DataIntegrityViolationException e) {
      refuse("unstorable", String.valueOf(e.getMostSpecificCause().getMessage()), text);
    }
  }

  private void record(Fill fill, String text) {
    eaContact.heard(fill.account(), clock.instant());
    SignalMode mode =
        fill.account().startsWith(SHADOW_ACCOUNTS) ? SignalMode.SHADOW : SignalMode.LIVE;
    String stream = new SignalStream(settings.scope(), mode).id();
    Optional<BookedSignal> signal = book.signal(stream, fill.signalSeq());
    if (signal.isEmpty()) {
      refuse("unknown_seq", "no signal %d in %s".formatted(fill.signalSeq(), stream), text);
      return;
    }
    if (!signal.get().pair().equals(fill.pair())) {
      refuse(
          "wrong_pair",
          "signal %d is of %s, the fill of %s"
              .formatted(fill.signalSeq(), signal.get().pair(), fill.pair()),
          text);
      return;
    }
    if (signal.get().action() == Action.HOLD) {
      refuse("not_an_order", "signal %d asked for nothing".formatted(fill.signalSeq()), text);
      return;
    }
    Optional<Action> done = signal.get().doneBy(fill.symbol(), fill.side());
    if (done.isEmpty()) {
      refuse(
          "wrong_leg",
          "signal %d did not ask for %s of %s"
              .formatted(fill.signalSeq(), fill.side(), fill.symbol()),
          text);
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
              text);
    }
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

  private void refuse(String reason, String message, String text) {
    count(reason);
    quarantine.refuse("stream " + channels.fills(), message, text);
  }

  private void count(String outcome) {
    meters.counter("fills_total", "outcome", outcome).increment();
  }
}
