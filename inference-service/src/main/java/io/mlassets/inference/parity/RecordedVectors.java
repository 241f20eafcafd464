package io.mlassets.inference.parity;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.parity.BarsSeen;
import io.mlassets.parity.RecordedVector;
import java.sql.Array;
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
        values(row.getArray("feature_values")),
        row.getLong("engine"),
        new BarsSeen(
            row.getInt("bars_seen"), row.getLong("bars_digest"), row.getLong("bar_digest")));
  }

  /**
   * A vector the data pipeline stored.
   *
   * @param names of its schema, in order
   * @param values in that order
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record StoredVector(List<String> names, double[] values) {}

  /** What {@code core.features} has of a recorded vector's pair, bar and schema. */
  Optional<StoredVector> stored(RecordedVector of) {
    return jdbc.sql(
            """
            select s.names, f.feature_values
            from core.features f join core.feature_schemas s using (schema_hash)
            where f.pair = ? and f.interval = ? and f.ts = ? and f.schema_hash = ?
            """)
        .params(
            of.pair().id(), of.interval().iso(), of.ts().atOffset(ZoneOffset.UTC), of.schemaHash())
        .query(
            (row, n) ->
                new StoredVector(
                    List.of((String[]) row.getArray(1).getArray()), values(row.getArray(2))))
        .optional();
  }

  private static double[] values(Array stored) throws SQLException {
    return Arrays.stream((Double[]) stored.getArray())
        .mapToDouble(value -> value == null ? Double.NaN : value)
        .toArray();
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
