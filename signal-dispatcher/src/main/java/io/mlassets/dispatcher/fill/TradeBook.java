package io.mlassets.dispatcher.fill;

import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import io.mlassets.trade.Fill;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of deals and refusals; {@code (account, deal_ticket)} is booked once. */
@Component
class TradeBook {
  /** What booking a fill came to. */
  enum Booking {
    BOOKED,
    REPEATED,
    CONFLICTING
  }

  private final JdbcClient jdbc;

  TradeBook(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<BookedSignal> signal(String stream, long seq) {
    return jdbc.sql(
            """
            select s.signal_id, s.pair, s.action from core.signal_dispatch d
            join core.signals_live s on s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
            where d.stream = ? and d.seq = ?
            """)
        .params(stream, seq)
        .query(
            (row, n) ->
                new BookedSignal(
                    row.getObject(1, UUID.class),
                    Pair.parse(row.getString(2)),
                    Action.valueOf(row.getString(3))))
        .optional();
  }

  Booking book(Fill fill, BookedSignal signal, SignalMode mode) {
    int rows = fill.dealt() ? insertTrade(fill, signal, mode) : insertRefusal(fill, signal, mode);
    if (rows == 1) {
      return Booking.BOOKED;
    }
    return isSame(fill) ? Booking.REPEATED : Booking.CONFLICTING;
  }

  private int insertTrade(Fill fill, BookedSignal signal, SignalMode mode) {
    return jdbc.sql(
            """
            insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
              pair, symbol, side, lots, price, filled_at, retcode)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            fill.account(),
            fill.dealTicket(),
            fill.signalSeq(),
            signal.signalId(),
            mode.wire(),
            signal.action().name(),
            fill.pair().id(),
            fill.symbol().name(),
            fill.side().name(),
            fill.lots(),
            fill.price(),
            fill.filledAt().atOffset(ZoneOffset.UTC),
            fill.retcode())
        .update();
  }

  private int insertRefusal(Fill fill, BookedSignal signal, SignalMode mode) {
    return jdbc.sql(
            """
            insert into core.order_rejections (account, deal_ticket, signal_seq, signal_id, mode,
              pair, symbol, side, retcode, rejected_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
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
            fill.filledAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  private boolean isSame(Fill fill) {
    String sql =
        fill.dealt()
            ? """
            select count(*) from core.live_trades where account = ? and deal_ticket = ?
              and signal_seq = ? and symbol = ? and side = ? and lots = ? and price = ?
            """
            : """
            select count(*) from core.order_rejections where account = ? and deal_ticket = ?
              and signal_seq = ? and symbol = ? and side = ? and ?::float8 >= 0 and ?::float8 >= 0
            """;
    return jdbc.sql(sql)
            .params(
                fill.account(),
                fill.dealTicket(),
                fill.signalSeq(),
                fill.symbol().name(),
                fill.side().name(),
                fill.lots(),
                fill.price())
            .query(Long.class)
            .single()
        == 1;
  }
}
