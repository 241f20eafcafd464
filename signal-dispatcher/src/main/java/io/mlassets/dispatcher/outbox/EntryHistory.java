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

/** What entries were sent, from the record. */
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
            select d.dispatched_at, s.bar_ts, s.interval from core.signal_dispatch d
            join core.signals s on s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
            where d.stream = :stream and d.outcome = 'PUBLISHED' and s.action = 'ENTER'
              and d.seq > coalesce(
                (select max(seq) from core.signal_dispatch where stream = :stream), 0) - :back
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
            from core.signals s
            join core.signal_dispatch d on d.signal_id = s.signal_id and d.bar_ts = s.bar_ts
            where s.mode = :mode and s.pair = :pair and s.action = 'ENTER'
              and d.stream = :stream and d.outcome = 'PUBLISHED'
            order by s.bar_ts desc limit 1
            """
                .formatted(exitAfter("d.seq")))
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
      join core.signal_dispatch e on e.signal_id = x.signal_id and e.bar_ts = x.bar_ts
      where x.mode = :mode and x.pair = :pair and x.action = 'EXIT' and e.stream = :stream
        and e.outcome = 'PUBLISHED' and e.seq > %s)
    """
        .formatted(seq);
  }

  private static Instant barEnd(ResultSet row) throws SQLException {
    return BarInterval.parse(row.getString("interval")).endOf(time(row, "bar_ts"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
