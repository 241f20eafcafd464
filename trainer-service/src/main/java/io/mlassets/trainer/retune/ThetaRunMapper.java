package io.mlassets.trainer.retune;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a row of {@code audit.theta_runs}. */
record ThetaRunMapper(JsonMapper json) implements RowMapper<ThetaRun> {

  @Override
  public ThetaRun mapRow(ResultSet row, int number) throws SQLException {
    return new ThetaRun(
        row.getObject("run_id", UUID.class),
        row.getTimestamp("started_at").toInstant(),
        instant(row, "ended_at"),
        row.getString("status"),
        row.getString("trigger"),
        instant(row, "slot"),
        row.getString("model_version"),
        number(row, "old_theta1"),
        number(row, "old_theta2"),
        number(row, "new_theta1"),
        number(row, "new_theta2"),
        row.getString("verdict"),
        document(row, "reasons"),
        document(row, "figures"),
        row.getString("error_message"));
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
