package io.mlassets.inference.parity;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.parity.BarsSeen;
import io.mlassets.parity.RecordedVector;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads live feature vectors; only those that say which bars they were made from. */
@Component
class RecordedVectors {
  private final JdbcClient jdbc;

  RecordedVectors(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One of the newest vectors of a pair, not among those an operator has looked into.
   *
   * @param recent how many of the newest it is taken from
   * @param share which of them: 0 the oldest, just below 1 the newest
   */
  Optional<RecordedVector> one(Pair pair, BarInterval interval, int recent, double share) {
    return jdbc.sql(
            """
            with recent as (
              select ts, schema_hash, feature_values, engine, bars_seen, bars_digest, bar_digest
              from core.live_features
              where pair = :pair and interval = :interval and engine is not null
                and ts > coalesce(
                  (select vectors_after from core.pair_stops where pair = :pair), '-infinity')
              order by ts desc limit :recent)
            select * from recent order by ts
            offset floor(:share * (select count(*) from recent))::bigint limit 1
            """)
        .param("pair", pair.id())
        .param("interval", interval.iso())
        .param("recent", recent)
        .param("share", share)
        .query((row, n) -> vector(row, pair, interval))
        .optional();
  }

  private static RecordedVector vector(ResultSet row, Pair pair, BarInterval interval)
      throws SQLException {
    return new RecordedVector(
        pair,
        interval,
        row.getObject("ts", OffsetDateTime.class).toInstant(),
        row.getString("schema_hash"),
        Arrays.stream((Double[]) row.getArray("feature_values").getArray())
            .mapToDouble(value -> value == null ? Double.NaN : value)
            .toArray(),
        row.getLong("engine"),
        new BarsSeen(
            row.getInt("bars_seen"), row.getLong("bars_digest"), row.getLong("bar_digest")));
  }

  /** Digests of the bars decided on, from the first of some bars to the last, by time. */
  Map<Instant, Long> digests(Pair pair, BarInterval interval, List<PairBar> bars) {
    Map<Instant, Long> digests = new TreeMap<>();
    jdbc.sql(
            """
            select ts, bar_digest from core.live_features
            where pair = ? and interval = ? and ts between ? and ? and bar_digest is not null
            """)
        .params(
            pair.id(),
            interval.iso(),
            bars.getFirst().ts().atOffset(ZoneOffset.UTC),
            bars.getLast().ts().atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              digests.put(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2));
            });
    return digests;
  }
}
