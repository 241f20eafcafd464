package io.mlassets.trainer.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a row of {@code audit.retrain_runs}. */
record RetrainRunMapper(JsonMapper json) implements RowMapper<RetrainRun> {

  @Override
  public RetrainRun mapRow(ResultSet row, int number) throws SQLException {
    return new RetrainRun(
        row.getObject("run_id", UUID.class),
        row.getTimestamp("started_at").toInstant(),
        instant(row, "ended_at"),
        row.getString("status"),
        row.getInt("retry_count"),
        row.getString("model_version"),
        number(row, "theta1"),
        number(row, "theta2"),
        document(row, "metrics"),
        row.getString("log_path"),
        row.getString("error_message"),
        row.getString("trigger"),
        json.readTree(row.getString("request")),
        row.getString("verdict"),
        document(row, "reasons"),
        document(row, "resources"),
        row.getString("transfer"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  private @Nullable JsonNode document(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : json.readTree(text);
  }
}
