package io.mlassets.inference;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What PostgreSQL knows of a pair: its bars, its last decision, its open position. */
@Component
class History {

  /**
   * The entry that opened what is held.
   *
   * @param signalId its id
   * @param barTs bar decided on
   * @param scale its position scale
   * @param filled whether a deal was booked for it
   */
  record OpenEntry(UUID signalId, Instant barTs, double scale, boolean filled) {}

  private static final String PAIR_BARS =
      """
      select a.ts, a.open, a.high, a.low, a.close, a.volume,
             b.open, b.high, b.low, b.close, b.volume
      from core.bars a join core.bars b on b.ts = a.ts and b.interval = a.interval
      where a.symbol = :a and b.symbol = :b and a.interval = :interval
      """;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");
  private final JdbcClient jdbc;
  private final Quarantine quarantine;
  private final Set<String> refused = new HashSet<>();

  History(JdbcClient jdbc, Quarantine quarantine) {
    this.jdbc = jdbc;
    this.quarantine = quarantine;
  }

  /**
   * The last {@code count} bars both legs have, up to and including {@code until}, oldest first.
   */
  List<PairBar> upTo(Pair pair, BarInterval interval, Instant until, int count) {
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

  /** Empty for a row that is no bar; it is quarantined, and the rows around it go on. */
  private Optional<PairBar> pairBar(ResultSet row, Pair pair, BarInterval interval)
      throws SQLException {
    Instant ts = row.getObject(1, OffsetDateTime.class).toInstant();
    try {
      return Optional.of(
          new PairBar(
              pair, bar(row, 2, pair.a(), interval, ts), bar(row, 7, pair.b(), interval, ts)));
    } catch (IllegalArgumentException e) {
      String what = String.valueOf(e.getMessage());
      if (refused.add(what)) {
        quarantine.refuse("core.bars", what, "%s %s %s".formatted(pair, interval, ts));
      }
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

  /** The bar of the last decision on a pair. */
  Optional<Instant> lastDecided(SignalMode mode, Pair pair, BarInterval interval) {
    return jdbc.sql(
            """
            select max(bar_ts) from core.signals
            where mode = ? and pair = ? and interval = ?
            """)
        .params(mode.wire(), pair.id(), interval.iso())
        .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  /**
   * The last decision of a pair as it was recorded; features of another schema are left out.
   *
   * @param holding what is held of the pair by now
   */
  Optional<PairState> lastState(SignalMode mode, Pair pair, BarInterval interval, Holding holding) {
    return jdbc.sql(
            """
            select s.model_version, s.bar_ts, s.z_score, s.return_prob, s.risk_score,
                   s.position_scale, s.action, s.reason, v.feature_values
            from core.signals s
            left join core.live_features v
              on v.pair = s.pair and v.interval = s.interval and v.ts = s.bar_ts
                 and v.schema_hash = ?
            where s.mode = ? and s.pair = ? and s.interval = ?
            order by s.bar_ts desc limit 1
            """)
        .params(FeatureSchema.current().hash(), mode.wire(), pair.id(), interval.iso())
        .query(
            (row, n) ->
                new PairState(
                    pair,
                    interval,
                    mode,
                    row.getString(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getDouble(6),
                    Action.valueOf(row.getString(7)),
                    row.getString(8),
                    holding.side(),
                    holding.isConfirmed(),
                    holding.barsHeld(),
                    0,
                    byName(row.getArray(9))))
        .optional();
  }

  private static @Nullable Map<String, Double> byName(@Nullable Array values) throws SQLException {
    if (values == null) {
      return null;
    }
    Double[] value = (Double[]) values.getArray();
    Map<String, Double> features = new LinkedHashMap<>();
    for (int i = 0; i < value.length; i++) {
      features.put(FeatureSchema.current().names().get(i), value[i]);
    }
    return features;
  }

  /**
   * The entry of a pair that is open: of those since its last exit the newest with a deal, without
   * any deal the newest.
   */
  Optional<OpenEntry> openEntry(SignalMode mode, Pair pair, BarInterval interval) {
    return jdbc.sql(
            """
            with moves as (
              select signal_id, action, bar_ts, position_scale from core.signals
              where mode = ? and pair = ? and interval = ? and action <> 'HOLD')
            select m.signal_id, m.bar_ts, m.position_scale,
                   exists (select 1 from core.live_trades t where t.signal_id = m.signal_id) dealt
            from moves m
            where m.action = 'ENTER' and m.bar_ts >
              coalesce((select max(bar_ts) from moves where action = 'EXIT'), '-infinity')
            order by dealt desc, m.bar_ts desc limit 1
            """)
        .params(mode.wire(), pair.id(), interval.iso())
        .query(
            (row, n) ->
                new OpenEntry(
                    row.getObject(1, UUID.class),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getDouble(3),
                    row.getBoolean(4)))
        .optional();
  }

  /** Whether a deal was booked for a signal. */
  boolean dealBooked(UUID signalId) {
    return jdbc.sql("select exists (select 1 from core.live_trades where signal_id = ?)")
        .param(signalId)
        .query(Boolean.class)
        .single();
  }
}
