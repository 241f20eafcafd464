package io.mlassets.inference;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The bars both legs of a pair have in {@code core.bars}. */
public final class PairBars {
  private static final String PAIR_BARS =
      """
      select a.ts, a.open, a.high, a.low, a.close, a.volume,
             b.open, b.high, b.low, b.close, b.volume
      from core.bars a join core.bars b on b.ts = a.ts and b.interval = a.interval
      where a.symbol = :a and b.symbol = :b and a.interval = :interval
      """;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");
  private final JdbcClient jdbc;
  private final BiConsumer<String, String> refused;

  /**
   * Over one database.
   *
   * @param refused told what is wrong with a row that is no bar, and where it is; the rows around
   *     it go on
   */
  public PairBars(JdbcClient jdbc, BiConsumer<String, String> refused) {
    this.jdbc = jdbc;
    this.refused = refused;
  }

  /**
   * The last {@code count} bars both legs have, up to and including {@code until}, oldest first.
   */
  public List<PairBar> upTo(Pair pair, BarInterval interval, Instant until, int count) {
    List<PairBar> newestFirst =
        new ArrayList<>(
            bars(
                pair,
                interval,
                " and a.ts <= :at order by a.ts desc limit " + count,
                until,
                NEVER));
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /** The bars both legs have after {@code after}, oldest first. */
  List<PairBar> since(Pair pair, BarInterval interval, Instant after) {
    return between(pair, interval, after, NEVER);
  }

  /** The bars both legs have between two bars, both excluded, oldest first. */
  List<PairBar> between(Pair pair, BarInterval interval, Instant after, Instant before) {
    return bars(pair, interval, " and a.ts > :at and a.ts < :before order by a.ts", after, before);
  }

  private List<PairBar> bars(
      Pair pair, BarInterval interval, String which, Instant at, Instant before) {
    return jdbc
        .sql(PAIR_BARS + which)
        .param("a", pair.a().name())
        .param("b", pair.b().name())
        .param("interval", interval.iso())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> pairBar(row, pair, interval))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<PairBar> pairBar(ResultSet row, Pair pair, BarInterval interval)
      throws SQLException {
    Instant ts = row.getObject(1, OffsetDateTime.class).toInstant();
    try {
      return Optional.of(
          new PairBar(
              pair, bar(row, 2, pair.a(), interval, ts), bar(row, 7, pair.b(), interval, ts)));
    } catch (IllegalArgumentException e) {
      refused.accept(String.valueOf(e.getMessage()), "%s %s %s".formatted(pair, interval, ts));
      return Optional.empty();
    }
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
}
