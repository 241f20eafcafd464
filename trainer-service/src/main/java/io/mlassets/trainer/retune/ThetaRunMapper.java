package io.mlassets.trainer.retune;

import io.mlassets.platform.database.NullableColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads a row of {@code audit.theta_runs}. */
record ThetaRunMapper(JsonMapper json) implements RowMapper<ThetaRun> {

  @Override
  public ThetaRun mapRow(ResultSet row, int number) throws SQLException {
    NullableColumns columns = new NullableColumns(row, json);
    return new ThetaRun(
        row.getObject("run_id", UUID.class),
        row.getTimestamp("started_at").toInstant(),
        columns.instant("ended_at"),
        row.getString("status"),
        row.getString("trigger"),
        columns.instant("slot"),
        row.getString("model_version"),
        columns.number("old_theta1"),
        columns.number("old_theta2"),
        columns.number("new_theta1"),
        columns.number("new_theta2"),
        row.getString("verdict"),
        columns.document("reasons"),
        columns.document("figures"),
        row.getString("error_message"));
  }
}
