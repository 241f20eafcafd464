package io.mlassets.dispatcher.fill;

import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.SignalMode;
import io.mlassets.trade.Fill;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables of deals and refusals; {@code (account, deal_ticket)} is booked once. */
@Component
class TradeBook {
  /** What booking a fill came to. */
  enum Booking {
    BOOKED,
    REPEATED,
    CONFLICTING
  }

  private static final TypeReference<List<Leg>> LEGS = new TypeReference<>() {};
  private final JdbcClient jdbc;
  private final JsonMapper json;

  TradeBook(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Optional<BookedSignal> signal(String stream, long seq) {
    return jdbc.sql(
            """
            select s.signal_id, s.pair, s.action, s.legs from core.signal_dispatch d
            join core.signals s on s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
            where d.stream = ? and d.seq = ?
            """)
        .params(stream, seq)
        .query(
            (row, n) ->
                new BookedSignal(
                    row.getObject(1, UUID.class),
                    Pair.parse(row.getString(2)),
                    Action.valueOf(row.getString(3)),
                    json.readValue(row.getString(4), LEGS)))
        .optional();
  }

  /** Whether a deal's volume was dealt the other way round for its signal, or it is booked. */
  boolean canBeTakenBack(Fill fill) {
    return jdbc.sql(
            """
            select exists (
                select 1 from core.live_trades where account = :account and deal_ticket = :ticket)
              or (select coalesce(sum(case side when :side then -lots else lots end), 0)
                  from core.live_trades
                  where account = :account and signal_seq = :seq and symbol = :symbol
                    and action <> 'ADJUST') >= :lots - 1e-9
            """)
        .param("account", fill.account())
        .param("ticket", fill.dealTicket())
        .param("side", fill.side().name())
        .param("seq", fill.signalSeq())
        .param("symbol", fill.symbol().name())
        .param("lots", fill.lots())
        .query(Boolean.class)
        .single();
  }

  /**
   * Books a fill.
   *
   * @param done what it does to the position
   */
  Booking book(Fill fill, BookedSignal signal, Action done, SignalMode mode) {
    int rows =
        fill.dealt() ? insertTrade(fill, signal, done, mode) : insertRefusal(fill, signal, mode);
    if (rows == 1) {
      return Booking.BOOKED;
    }
    return isSame(fill) ? Booking.REPEATED : Booking.CONFLICTING;
  }

  private int insertTrade(Fill fill, BookedSignal signal, Action done, SignalMode mode) {
    return jdbc.sql(
            """
            insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
              pair, symbol, side, lots, price, filled_at, retcode)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
            where not exists (
              select 1 from core.order_rejections where account = ? and deal_ticket = ?)
            on conflict do nothing
            """)
        .params(
            fill.account(),
            fill.dealTicket(),
            fill.signalSeq(),
            signal.signalId(),
            mode.wire(),
            done.name(),
            fill.pair().id(),
            fill.symbol().name(),
            fill.side().name(),
            fill.lots(),
            fill.price(),
            fill.filledAt().atOffset(ZoneOffset.UTC),
            fill.retcode(),
            fill.account(),
            fill.dealTicket())
        .update();
  }

  private int insertRefusal(Fill fill, BookedSignal signal, SignalMode mode) {
    return jdbc.sql(
            """
            insert into core.order_rejections (account, deal_ticket, signal_seq, signal_id, mode,
              pair, symbol, side, retcode, rejected_at)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
            where not exists (
              select 1 from core.live_trades where account = ? and deal_ticket = ?)
            on conflict do nothing
            """)
        .params(
            fill.account(),
            fill.dealTicket(),
            fill.signalSeq(),
            signal.signalId(),
            mode.wire(),
            fill.pair().id(),
            fill.symbol().name(),
            fill.side().name(),
            fill.retcode(),
            fill.filledAt().atOffset(ZoneOffset.UTC),
            fill.account(),
            fill.dealTicket())
        .update();
  }

  private boolean isSame(Fill fill) {
    return fill.dealt() ? isSameTrade(fill) : isSameRefusal(fill);
  }

  private boolean isSameTrade(Fill fill) {
    return jdbc.sql(
            """
            select exists (select 1 from core.live_trades where account = ? and deal_ticket = ?
              and signal_seq = ? and pair = ? and symbol = ? and side = ? and retcode = ?
              and filled_at = ? and lots = ? and price = ?)
            """)
        .params(
            fill.account(),
            fill.dealTicket(),
            fill.signalSeq(),
            fill.pair().id(),
            fill.symbol().name(),
            fill.side().name(),
            fill.retcode(),
            fill.filledAt().atOffset(ZoneOffset.UTC),
            fill.lots(),
            fill.price())
        .query(Boolean.class)
        .single();
  }

  private boolean isSameRefusal(Fill fill) {
    return jdbc.sql(
            """
            select exists (select 1 from core.order_rejections where account = ?
              and deal_ticket = ? and signal_seq = ? and pair = ? and symbol = ? and side = ?
              and retcode = ? and rejected_at = ?)
            """)
        .params(
            fill.account(),
            fill.dealTicket(),
            fill.signalSeq(),
            fill.pair().id(),
            fill.symbol().name(),
            fill.side().name(),
            fill.retcode(),
            fill.filledAt().atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }
}
