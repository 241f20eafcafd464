package io.mlassets.inference.replay;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.signal.SignalMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedSet;

/**
 * A signal's row, as text by column: doubles with all their bits, times in UTC.
 *
 * @param columns the columns an inserted signal fills
 */
record RecordedSignal(Map<String, String> columns) {

  static RecordedSignal read(ResultSet row, SequencedSet<String> names) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String name : names) {
      columns.put(name, text(row, name));
    }
    return new RecordedSignal(columns);
  }

  private static String text(ResultSet row, String name) throws SQLException {
    Object value = row.getObject(name);
    return value instanceof java.sql.Timestamp
        ? row.getObject(name, OffsetDateTime.class).toInstant().toString()
        : String.valueOf(value);
  }

  /** The same text of a value that is about to be inserted. */
  static String text(Object value) {
    return value instanceof OffsetDateTime time
        ? time.toInstant().toString()
        : String.valueOf(value);
  }

  String get(String column) {
    String value = columns.get(column);
    if (value == null) {
      throw new IllegalArgumentException("no column " + column);
    }
    return value;
  }

  SignalMode mode() {
    return SignalMode.of(get("mode"));
  }

  Pair pair() {
    return Pair.parse(get("pair"));
  }

  BarInterval interval() {
    return BarInterval.parse(get("interval"));
  }

  Instant barTs() {
    return Instant.parse(get("bar_ts"));
  }

  ModelVersion modelVersion() {
    return new ModelVersion(get("model_version"));
  }

  /** In words. */
  String subject() {
    return "%s of %s %s, bar %s, %s, model %s"
        .formatted(
            get("action"),
            get("pair"),
            get("interval"),
            get("bar_ts"),
            get("mode"),
            get("model_version"));
  }
}
