package io.mlassets.dispatcher.outbox;

import io.mlassets.control.LastEntry;
import io.mlassets.market.BarInterval;
import io.mlassets.platform.MarketClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What entries were sent, from the record. Each signal's number is looked up by its key: joined
 * freely, a table without statistics is gone through once for each of the pair's signals.
 */
@Component
class EntryHistory {
  private static final int NUMBERS_BACK = 5_000;
  private final JdbcClient jdbc;
  private final MarketClock marketClock;

  EntryHistory(JdbcClient jdbc, MarketClock marketClock) {
    this.jdbc = jdbc;
    this.marketClock = marketClock;
  }

  /** Market times of the entries among the last numbers, oldest first. */
  List<Instant> recent(SignalStream stream) {
    return jdbc
        .sql(
            """
            with d as materialized (
              select signal_id, bar_ts, dispatched_at from core.signal_dispatch
              where stream = :stream and outcome = 'PUBLISHED' and seq > coalesce(
                (select max(seq) from core.signal_dispatch where stream = :stream), 0) - :back)
            select d.dispatched_at, s.bar_ts, s.interval
            from d cross join lateral (
              select bar_ts, interval, action from core.signals s
              where s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
              offset 0) s
            where s.action = 'ENTER'
            """)
        .param("stream", stream.id())
        .param("back", NUMBERS_BACK)
        .query((row, n) -> marketClock.timeOf(time(row, "dispatched_at"), barEnd(row)))
        .list()
        .stream()
        .sorted()
        .toList();
  }

  /** The last entry sent of a pair; one whose row is gone is known by its deals. */
  Optional<LastEntry> last(SignalStream stream, String pair) {
    return sent(stream, pair).or(() -> held(stream, pair));
  }

  private Optional<LastEntry> sent(SignalStream stream, String pair) {
    return jdbc.sql(
            """
            select s.bar_ts, s.interval, s.expires_at,
              exists (select 1 from core.live_trades t where t.signal_id = s.signal_id) as dealt,
              %s as exited
            from (
              select s.*, %s as seq from core.signals s
              where s.mode = :mode and s.pair = :pair and s.action = 'ENTER'
              offset 0) s
            where s.seq is not null
            order by s.bar_ts desc limit 1
            """
                .formatted(exitAfter("s.seq"), numberOf("s")))
        .param("mode", stream.mode().wire())
        .param("pair", pair)
        .param("stream", stream.id())
        .query(
            (row, n) ->
                new LastEntry(
                    barEnd(row),
                    time(row, "expires_at"),
                    row.getBoolean("dealt"),
                    row.getBoolean("exited")))
        .optional();
  }

  private Optional<LastEntry> held(SignalStream stream, String pair) {
    return jdbc.sql(
            """
            select t.filled_at, t.action, %s as exited from core.live_trades t
            where t.mode = :mode and t.pair = :pair and t.action <> 'ADJUST'
            order by t.filled_at desc limit 1
            """
                .formatted(exitAfter("t.signal_seq")))
        .param("mode", stream.mode().wire())
        .param("pair", pair)
        .param("stream", stream.id())
        .query(
            (row, n) ->
                new LastEntry(
                    time(row, "filled_at"),
                    time(row, "filled_at"),
                    true,
                    row.getString("action").equals("EXIT") || row.getBoolean("exited")))
        .optional();
  }

  private static String exitAfter(String seq) {
    return """
    exists (
      select 1 from core.signals x
      where x.mode = :mode and x.pair = :pair and x.action = 'EXIT' and %s > %s)
    """
        .formatted(numberOf("x"), seq);
  }

  /** The number a signal was published under, null if it was not. */
  private static String numberOf(String signal) {
    return """
    (select d.seq from core.signal_dispatch d
     where d.signal_id = %1$s.signal_id and d.bar_ts = %1$s.bar_ts and d.stream = :stream
       and d.outcome = 'PUBLISHED')
    """
        .formatted(signal);
  }

  private static Instant barEnd(ResultSet row) throws SQLException {
    return BarInterval.parse(row.getString("interval")).endOf(time(row, "bar_ts"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
