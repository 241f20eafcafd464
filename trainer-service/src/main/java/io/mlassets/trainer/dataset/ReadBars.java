package io.mlassets.trainer.dataset;

import io.mlassets.market.Bar;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads one symbol's bars from {@code core.bars}. */
final class ReadBars {
  private final JdbcTemplate jdbc;

  ReadBars(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The bars of a symbol in the request's window, in time order; empty when there are none. */
  List<Bar> of(Symbol symbol, DataRequest request) {
    Instant from = request.from() == null ? Instant.EPOCH : request.from();
    Instant to = request.to() == null ? Instant.parse("9999-01-01T00:00:00Z") : request.to();
    List<Bar> bars = new ArrayList<>();
    jdbc.query(
        """
        select extract(epoch from ts)::bigint, open, high, low, close, volume from core.bars
        where symbol = ? and interval = ? and ts >= ? and ts < ? order by ts
        """,
        row -> {
          bars.add(
              new Bar(
                  symbol,
                  request.interval(),
                  Instant.ofEpochSecond(row.getLong(1)),
                  row.getDouble(2),
                  row.getDouble(3),
                  row.getDouble(4),
                  row.getDouble(5),
                  row.getDouble(6)));
        },
        symbol.name(),
        request.interval().iso(),
        from.atOffset(ZoneOffset.UTC),
        to.atOffset(ZoneOffset.UTC));
    return bars;
  }

  /** Whether there is any bar at all. */
  boolean none() {
    return !Boolean.TRUE.equals(
        jdbc.queryForObject("select exists (select 1 from core.bars)", Boolean.class));
  }
}
