package io.mlassets.platform.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Columns of a row that may be null.
 *
 * @param row on which the cursor stands
 * @param json reads documents
 */
public record NullableColumns(ResultSet row, JsonMapper json) {

  /** UTC. */
  public @Nullable Instant instant(String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  /** A double precision number. */
  public @Nullable Double number(String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /** Of type {@code json} or {@code jsonb}. */
  public @Nullable JsonNode document(String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : json.readTree(text);
  }
}
