package io.mlassets.inference;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  private final JdbcClient jdbc;
  private final PairBars bars;

  History(JdbcClient jdbc, InstrumentCatalogue instruments, Quarantine quarantine) {
    this.jdbc = jdbc;
    Set<String> refused = new HashSet<>();
    this.bars =
        new PairBars(
            jdbc,
            instruments,
            (what, where) -> {
              if (refused.add(what)) {
                quarantine.refuse("core.bars", what, where);
              }
            });
  }

  /** The bars of pairs. */
  PairBars bars() {
    return bars;
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
   * The earliest of the last bars of pairs that were decided, or after which decisions begin;
   * {@link Instant#EPOCH} when there is none.
   */
  Instant earliestDecided(SignalMode mode, Collection<Pair> pairs, BarInterval interval) {
    return pairs.stream()
        .flatMap(
            pair ->
                lastDecided(mode, pair, interval).or(() -> start(mode, pair, interval)).stream())
        .min(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  /**
   * The bar after which decisions on a pair begin while none was made: the newest both legs had
   * when this was asked first. Empty, and asked again later, when there was no such bar.
   */
  Optional<Instant> beginning(SignalMode mode, Pair pair, BarInterval interval) {
    jdbc.sql(
            """
            insert into core.decision_starts (mode, pair, interval, after_ts)
            select :mode, :pair, :interval, a.ts from core.bars a
              join core.bars b on b.ts = a.ts and b.interval = a.interval
            where a.symbol = :a and b.symbol = :b and a.interval = :interval
            order by a.ts desc limit 1
            on conflict do nothing
            """)
        .param("mode", mode.wire())
        .param("pair", pair.id())
        .param("interval", interval.iso())
        .param("a", pair.a().name())
        .param("b", pair.b().name())
        .update();
    return start(mode, pair, interval);
  }

  private Optional<Instant> start(SignalMode mode, Pair pair, BarInterval interval) {
    return jdbc.sql(
            "select after_ts from core.decision_starts where mode = ? and pair = ? and interval ="
                + " ?")
        .params(mode.wire(), pair.id(), interval.iso())
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }

  /** Decisions have begun: what was said of their beginning counts no more. */
  void begun(SignalMode mode, Pair pair, BarInterval interval) {
    jdbc.sql("delete from core.decision_starts where mode = ? and pair = ? and interval = ?")
        .params(mode.wire(), pair.id(), interval.iso())
        .update();
  }

  /**
   * The last decision of a pair as it was recorded; features of another schema are left out.
   *
   * @param schema of the features wanted
   * @param holding what is held of the pair by now
   */
  Optional<PairState> lastState(
      SignalMode mode, Pair pair, BarInterval interval, Holding holding, FeatureSchema schema) {
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
        .params(schema.hash(), mode.wire(), pair.id(), interval.iso())
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
                    false,
                    null,
                    byName(row.getArray(9), schema)))
        .optional();
  }

  private static @Nullable Map<String, Double> byName(@Nullable Array values, FeatureSchema schema)
      throws SQLException {
    if (values == null) {
      return null;
    }
    Double[] value = (Double[]) values.getArray();
    Map<String, Double> features = new LinkedHashMap<>();
    for (int i = 0; i < value.length; i++) {
      features.put(schema.names().get(i), value[i]);
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
