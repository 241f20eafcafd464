package io.mlassets.inference;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.signal.SignalMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What PostgreSQL knows of a pair: its bars, its last decision, its open position. */
@Component
class History {

  /**
   * The last signal that changed a position.
   *
   * @param signalId its id
   * @param action ENTER or EXIT
   * @param barTs bar decided on
   * @param scale its position scale
   * @param filled whether a deal was booked for it
   */
  record LastMove(UUID signalId, String action, Instant barTs, double scale, boolean filled) {}

  private static final String PAIR_BARS =
      """
      select a.ts, a.open, a.high, a.low, a.close, a.volume,
             b.open, b.high, b.low, b.close, b.volume
      from core.bars a join core.bars b on b.ts = a.ts and b.interval = a.interval
      where a.symbol = :a and b.symbol = :b and a.interval = :interval
      """;
  private final JdbcClient jdbc;

  History(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The last {@code count} bars both legs have, up to and including {@code until}, oldest first.
   */
  List<PairBar> upTo(Pair pair, BarInterval interval, Instant until, int count) {
    List<PairBar> newestFirst =
        new ArrayList<>(
            bars(pair, interval, " and a.ts <= :at order by a.ts desc limit " + count, until));
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /** The bars both legs have after {@code after}, oldest first. */
  List<PairBar> since(Pair pair, BarInterval interval, Instant after) {
    return bars(pair, interval, " and a.ts > :at order by a.ts", after);
  }

  private List<PairBar> bars(Pair pair, BarInterval interval, String which, Instant at) {
    return jdbc.sql(PAIR_BARS + which)
        .param("a", pair.a().name())
        .param("b", pair.b().name())
        .param("interval", interval.iso())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query((row, n) -> pairBar(row, pair, interval))
        .list();
  }

  private static PairBar pairBar(ResultSet row, Pair pair, BarInterval interval)
      throws SQLException {
    Instant ts = row.getObject(1, OffsetDateTime.class).toInstant();
    return new PairBar(
        pair, bar(row, 2, pair.a(), interval, ts), bar(row, 7, pair.b(), interval, ts));
  }

  private static Bar bar(ResultSet row, int at, Symbol symbol, BarInterval interval, Instant ts)
      throws SQLException {
    return new Bar(
        symbol,
        interval,
        ts,
        row.getDouble(at),
        row.getDouble(at + 1),
        row.getDouble(at + 2),
        row.getDouble(at + 3),
        row.getDouble(at + 4));
  }

  /** The newest bar of a symbol. */
  Optional<Instant> newestBar(Symbol symbol, BarInterval interval) {
    return jdbc.sql("select max(ts) from core.bars where symbol = ? and interval = ?")
        .params(symbol.name(), interval.iso())
        .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  /** The bar of the last decision on a pair. */
  Optional<Instant> lastDecided(SignalMode mode, Pair pair, BarInterval interval) {
    return jdbc.sql(
            """
            select max(bar_ts) from core.signals_live
            where mode = ? and pair = ? and interval = ?
            """)
        .params(mode.wire(), pair.id(), interval.iso())
        .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  /** The last entry or exit of a pair. */
  Optional<LastMove> lastMove(SignalMode mode, Pair pair, BarInterval interval) {
    return jdbc.sql(
            """
            select s.signal_id, s.action, s.bar_ts, s.position_scale,
                   exists (select 1 from core.live_trades t where t.signal_id = s.signal_id)
            from core.signals_live s
            where s.mode = ? and s.pair = ? and s.interval = ? and s.action <> 'HOLD'
            order by s.bar_ts desc limit 1
            """)
        .params(mode.wire(), pair.id(), interval.iso())
        .query(
            (row, n) ->
                new LastMove(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getDouble(4),
                    row.getBoolean(5)))
        .optional();
  }
}
