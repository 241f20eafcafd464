package io.mlassets.inference;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
  private final InstrumentCatalogue instruments;
  private final BiConsumer<String, String> refused;

  /**
   * Over one database.
   *
   * @param instruments whose sessions bars must lie in, as live ones must
   * @param refused told what is wrong with a row that is no bar, and where it is; the rows around
   *     it go on
   */
  public PairBars(
      JdbcClient jdbc, InstrumentCatalogue instruments, BiConsumer<String, String> refused) {
    this.jdbc = jdbc;
    this.instruments = instruments;
    this.refused = refused;
  }

  /**
   * The last {@code count} bars both legs have, up to and including {@code until}, oldest first.
   */
  public List<PairBar> upTo(Pair pair, BarInterval interval, Instant until, int count) {
    // Rows that are refused leave room for older ones.
    for (int rows = count; ; rows *= 2) {
      List<Optional<PairBar>> newestFirst =
          rows(pair, interval, " and a.ts <= :at order by a.ts desc limit " + rows, until, NEVER);
      List<PairBar> good = newestFirst.stream().flatMap(Optional::stream).limit(count).toList();
      if (good.size() == count || newestFirst.size() < rows) {
        return good.reversed();
      }
    }
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
    return rows(pair, interval, which, at, before).stream().flatMap(Optional::stream).toList();
  }

  private List<Optional<PairBar>> rows(
      Pair pair, BarInterval interval, String which, Instant at, Instant before) {
    return jdbc.sql(PAIR_BARS + which)
        .param("a", pair.a().name())
        .param("b", pair.b().name())
        .param("interval", interval.iso())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query((row, n) -> pairBar(row, pair, interval))
        .list();
  }

  private Optional<PairBar> pairBar(ResultSet row, Pair pair, BarInterval interval)
      throws SQLException {
    Instant ts = row.getObject(1, OffsetDateTime.class).toInstant();
    try {
      Bar a = bar(row, 2, pair.a(), interval, ts);
      Bar b = bar(row, 7, pair.b(), interval, ts);
      for (Bar leg : List.of(a, b)) {
        if (!instruments.inSession(leg)) {
          throw new IllegalArgumentException(
              "bars of %s lie outside of its session".formatted(leg.symbol()));
        }
      }
      return Optional.of(new PairBar(pair, a, b));
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
