package io.mlassets.inference.replay;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.inference.TraceRow;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what was recorded of a decision; writes nothing. */
final class Recorded {
  private final JdbcClient jdbc;

  Recorded(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Features as they were when the decision was made.
   *
   * @param schemaHash their schema
   * @param values in its order
   */
  record Features(String schemaHash, double[] values) {}

  /**
   * What the dispatcher did with a signal.
   *
   * @param stream its sequence
   * @param seq its number; null when it got none
   * @param epoch the dispatcher's epoch
   * @param outcome {@code PUBLISHED, BLOCKED, EXPIRED, INVALID}
   * @param payload the exact bytes
   */
  record Dispatch(String stream, @Nullable Long seq, long epoch, String outcome, String payload) {}

  /** A signal's row, live or archived. */
  Optional<RecordedSignal> signal(UUID id, SequencedSet<String> columns) {
    return signal("core.signals_live", id, columns)
        .or(() -> signal("core.signals_history", id, columns));
  }

  private Optional<RecordedSignal> signal(String table, UUID id, SequencedSet<String> columns) {
    return jdbc.sql("select * from " + table + " where signal_id = ?")
        .param(id)
        .query((row, n) -> RecordedSignal.read(row, columns))
        .optional();
  }

  /**
   * The state a decision was made in.
   *
   * @throws NotReplayableException if the row says what no decision can be made in
   */
  Optional<TraceRow> trace(UUID id) {
    return jdbc.sql("select * from core.decision_states where signal_id = ?")
        .param(id)
        .query((row, n) -> trace(row))
        .optional();
  }

  private static TraceRow trace(ResultSet row) throws SQLException {
    try {
      return TraceRow.read(row);
    } catch (IllegalArgumentException e) {
      throw new NotReplayableException("its row of core.decision_states: " + e.getMessage());
    }
  }

  Optional<Features> features(Pair pair, BarInterval interval, Instant ts) {
    return jdbc.sql(
            """
            select schema_hash, feature_values from core.live_features
            where pair = ? and interval = ? and ts = ?
            """)
        .params(pair.id(), interval.iso(), ts.atOffset(ZoneOffset.UTC))
        .query((row, n) -> features(row))
        .optional();
  }

  private static Features features(ResultSet row) throws SQLException {
    Double[] values = (Double[]) row.getArray(2).getArray();
    return new Features(
        row.getString(1), Arrays.stream(values).mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * A registered feature schema.
   *
   * @throws NotReplayableException if it is not known
   */
  FeatureSchema schema(String hash) {
    return jdbc.sql("select names from core.feature_schemas where schema_hash = ?")
        .param(hash)
        .query((row, n) -> FeatureSchema.of(List.of((String[]) row.getArray(1).getArray())))
        .optional()
        .filter(schema -> schema.hash().equals(hash))
        .orElseThrow(
            () -> new NotReplayableException("feature schema %s is unknown".formatted(hash)));
  }

  /** The stored bytes of a bundle. */
  Optional<byte[]> bundle(ModelVersion version) {
    return jdbc.sql("select content from core.model_artifacts where model_version = ?")
        .param(version.value())
        .query((row, n) -> row.getBytes(1))
        .optional();
  }

  Optional<Dispatch> dispatch(UUID id) {
    return jdbc.sql(
            """
            select stream, seq, epoch, outcome, payload from core.signal_dispatch
            where signal_id = ?
            """)
        .param(id)
        .query(
            (row, n) ->
                new Dispatch(
                    row.getString(1),
                    row.getObject(2, Long.class),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5)))
        .optional();
  }
}
