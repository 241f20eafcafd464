package io.mlassets.validator.drift;

import io.mlassets.drift.FeatureReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the training sample of a model looked like, from {@code core.feature_reference}. */
@Component
class FeatureReferences {
  private final JdbcClient jdbc;

  FeatureReferences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One per feature, by name; empty when the trainer stored none. */
  List<FeatureReference> of(String modelVersion) {
    return jdbc.sql(
            """
            select feature, edges, counts, mean, sd, rows from core.feature_reference
            where model_version = ? order by feature
            """)
        .param(modelVersion)
        .query(FeatureReferences::reference)
        .list();
  }

  private static FeatureReference reference(ResultSet row, int number) throws SQLException {
    Long[] counts = (Long[]) row.getArray("counts").getArray();
    return new FeatureReference(
        row.getString("feature"),
        FindCandidates.doubles(row.getArray("edges")),
        Arrays.stream(counts).mapToLong(Long::longValue).toArray(),
        row.getDouble("mean"),
        row.getDouble("sd"),
        row.getLong("rows"));
  }
}
