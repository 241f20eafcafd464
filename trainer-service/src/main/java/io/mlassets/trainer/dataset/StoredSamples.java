package io.mlassets.trainer.dataset;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.label.Label;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.platform.database.CopyLine;
import io.mlassets.platform.database.CopyRows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Features and labels in {@code core.features} and {@code core.labels}. What is stored is read and
 * compared with what the bars give: live decisions are made from bars, so a stored row that differs
 * would teach the models something they never meet. It is replaced; missing rows are added.
 */
final class StoredSamples {
  private static final Logger log = LoggerFactory.getLogger(StoredSamples.class);
  private final JdbcTemplate jdbc;
  private final CopyRows copy;
  private final FeatureSchema schema;
  private final String labelSpec;

  StoredSamples(JdbcTemplate jdbc, CopyRows copy, FeatureSchema schema, String labelSpec) {
    this.jdbc = jdbc;
    this.copy = copy;
    this.schema = schema;
    this.labelSpec = labelSpec;
  }

  /** Makes the schema known, so that features can refer to it. */
  void registerSchema() {
    jdbc.update(
        """
        insert into core.feature_schemas (schema_hash, names, source)
        values (?, ?, 'ml-assets-core') on conflict do nothing
        """,
        schema.hash(),
        schema.names().toArray(String[]::new));
  }

  /** Brings the tables in line with the samples of one pair; the data pipeline's vectors stay. */
  void keep(PairSamples pair, BarInterval interval) {
    if (schema.isCurrent()) {
      storeFeatures(pair, interval);
    }
    storeLabels(pair, interval);
  }

  private void storeFeatures(PairSamples pair, BarInterval interval) {
    Map<Instant, double[]> stored = new HashMap<>();
    jdbc.query(
        """
        select extract(epoch from ts)::bigint, feature_values from core.features
        where pair = ? and interval = ? and schema_hash = ?
        """,
        row -> {
          Double[] values = (Double[]) row.getArray(2).getArray();
          stored.put(
              Instant.ofEpochSecond(row.getLong(1)),
              Arrays.stream(values).mapToDouble(Double::doubleValue).toArray());
        },
        pair.pair().id(),
        interval.iso(),
        schema.hash());
    List<Sample> toWrite =
        pair.samples().stream()
            .filter(s -> !Arrays.equals(s.view().features().copy(), stored.get(s.label().ts())))
            .toList();
    List<Instant> stale = staleAmong(toWrite, stored);
    delete("core.features", "schema_hash", schema.hash(), pair.pair(), interval, stale);
    copy.into(
        "core.features (pair, interval, ts, schema_hash, feature_values)",
        toWrite.stream()
            .map(
                s ->
                    new CopyLine()
                        .text(pair.pair().id())
                        .text(interval.iso())
                        .time(s.label().ts())
                        .text(schema.hash())
                        .numbers(s.view().features().copy())));
  }

  private void storeLabels(PairSamples pair, BarInterval interval) {
    Map<Instant, Label> stored = new HashMap<>();
    jdbc.query(
        """
        select extract(epoch from ts)::bigint, return_label, risk_label, scale_target,
          extract(epoch from label_end_ts)::bigint
        from core.labels where pair = ? and interval = ? and label_spec = ?
        """,
        row -> {
          Instant ts = Instant.ofEpochSecond(row.getLong(1));
          Instant end = Instant.ofEpochSecond(row.getLong(5));
          stored.put(
              ts,
              new Label(
                  pair.pair(), ts, row.getInt(2) == 1, row.getInt(3) == 1, row.getDouble(4), end));
        },
        pair.pair().id(),
        interval.iso(),
        labelSpec);
    List<Sample> toWrite =
        pair.samples().stream().filter(s -> !s.label().equals(stored.get(s.label().ts()))).toList();
    List<Instant> stale = staleAmong(toWrite, stored);
    delete("core.labels", "label_spec", labelSpec, pair.pair(), interval, stale);
    copy.into(
        "core.labels (pair, interval, ts, label_spec, return_label, risk_label, scale_target,"
            + " label_end_ts)",
        toWrite.stream().map(Sample::label).map(label -> line(label, interval)));
  }

  private CopyLine line(Label label, BarInterval interval) {
    return new CopyLine()
        .text(label.pair().id())
        .text(interval.iso())
        .time(label.ts())
        .text(labelSpec)
        .number(label.reverted() ? 1 : 0)
        .number(label.risky() ? 1 : 0)
        .number(label.scaleTarget())
        .time(label.labelEndTs());
  }

  private static List<Instant> staleAmong(List<Sample> toWrite, Map<Instant, ?> stored) {
    return toWrite.stream().map(s -> s.label().ts()).filter(stored::containsKey).toList();
  }

  private void delete(
      String table,
      String key,
      String value,
      Pair pair,
      BarInterval interval,
      Collection<Instant> stale) {
    if (stale.isEmpty()) {
      return;
    }
    log.warn(
        "{} of {} {}: {} rows differ from the bars, replaced", table, pair, interval, stale.size());
    OffsetDateTime[] times =
        stale.stream().map(ts -> ts.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
    jdbc.execute(
        "delete from %s where pair = ? and interval = ? and %s = ? and ts = any(?)"
            .formatted(table, key),
        (org.springframework.jdbc.core.PreparedStatementCallback<Integer>)
            statement -> {
              statement.setString(1, pair.id());
              statement.setString(2, interval.iso());
              statement.setString(3, value);
              statement.setArray(4, statement.getConnection().createArrayOf("timestamptz", times));
              return statement.executeUpdate();
            });
  }
}
