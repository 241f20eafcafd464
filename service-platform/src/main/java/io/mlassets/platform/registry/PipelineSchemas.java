package io.mlassets.platform.registry;

import io.mlassets.feature.FeatureSchema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** The schemas the data pipeline registered in {@code core.feature_schemas}. */
public final class PipelineSchemas {
  private static final String PIPELINE = "data-assets-pipeline";

  private record Row(List<String> names, @Nullable List<String> kinds, String source) {}

  private final JdbcOperations jdbc;

  private PipelineSchemas(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of one database. */
  public static PipelineSchemas in(JdbcOperations jdbc) {
    return new PipelineSchemas(jdbc);
  }

  /**
   * The schema of a hash.
   *
   * @throws IllegalArgumentException if it is not there, not the data pipeline's, or if its names
   *     and kinds do not give that hash
   */
  public FeatureSchema of(String hash) {
    List<Row> rows =
        jdbc.query(
            "select names, kinds, source from core.feature_schemas where schema_hash = ?",
            (row, n) ->
                new Row(
                    List.of((String[]) row.getArray(1).getArray()),
                    row.getArray(2) == null
                        ? null
                        : Arrays.asList((String[]) row.getArray(2).getArray()),
                    row.getString(3)),
            hash);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "feature schema %s is not in core.feature_schemas".formatted(hash));
    }
    Row row = rows.getFirst();
    if (!row.source().equals(PIPELINE)) {
      throw new IllegalArgumentException(
          "feature schema %s is of %s, another build; nobody makes its vectors now"
              .formatted(hash, row.source()));
    }
    FeatureSchema schema = FeatureSchema.of(row.names());
    if (!schema.hash().equals(hash)) {
      throw new IllegalArgumentException(
          "feature schema %s: its names in core.feature_schemas have hash %s"
              .formatted(hash, schema.hash()));
    }
    List<String> kinds = row.kinds();
    for (int i = 0; kinds != null && i < kinds.size(); i++) {
      String kind = schema.isCategorical(i) ? "categorical" : "numeric";
      if (!kind.equals(kinds.get(i))) {
        throw new IllegalArgumentException(
            "feature schema %s: %s is registered as %s, models take it as %s"
                .formatted(hash, schema.names().get(i), kinds.get(i), kind));
      }
    }
    return schema;
  }
}
