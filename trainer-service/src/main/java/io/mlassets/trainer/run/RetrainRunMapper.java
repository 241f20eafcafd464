package io.mlassets.trainer.run;

import io.mlassets.platform.database.NullableColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads a row of {@code audit.retrain_runs}. */
record RetrainRunMapper(JsonMapper json) implements RowMapper<RetrainRun> {

  @Override
  public RetrainRun mapRow(ResultSet row, int number) throws SQLException {
    NullableColumns columns = new NullableColumns(row, json);
    return new RetrainRun(
        row.getObject("run_id", UUID.class),
        row.getTimestamp("started_at").toInstant(),
        columns.instant("ended_at"),
        row.getString("status"),
        row.getInt("retry_count"),
        row.getString("model_version"),
        columns.number("theta1"),
        columns.number("theta2"),
        columns.document("metrics"),
        row.getString("log_path"),
        row.getString("error_message"),
        row.getString("trigger"),
        json.readTree(row.getString("request")),
        row.getString("verdict"),
        columns.document("reasons"),
        columns.document("resources"),
        row.getString("transfer"));
  }
}
