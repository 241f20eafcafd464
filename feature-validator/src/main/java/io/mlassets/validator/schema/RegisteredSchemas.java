package io.mlassets.validator.schema;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.platform.web.NotFoundException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The schemas of {@code core.feature_schemas}: ours and those data-assets-pipeline registered. */
@Component
public class RegisteredSchemas {
  private final JdbcClient jdbc;

  RegisteredSchemas(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The schema registered last; empty when none is. */
  public Optional<NamedSchema> newest() {
    return jdbc.sql(
            """
            select schema_hash, names, kinds from core.feature_schemas
            order by created_at desc, schema_hash limit 1
            """)
        .query(RegisteredSchemas::schema)
        .optional();
  }

  /** A schema by its hash; this build's own is known without being registered. */
  public NamedSchema named(String hash) {
    return jdbc.sql(
            "select schema_hash, names, kinds from core.feature_schemas where schema_hash = ?")
        .param(hash)
        .query(RegisteredSchemas::schema)
        .optional()
        .or(() -> ownIf(hash))
        .orElseThrow(() -> new NotFoundException("feature schema " + hash));
  }

  private static Optional<NamedSchema> ownIf(String hash) {
    FeatureSchema own = FeatureSchema.current();
    return own.hash().equals(hash) ? Optional.of(NamedSchema.of(own)) : Optional.empty();
  }

  private static NamedSchema schema(ResultSet row, int number) throws SQLException {
    String hash = row.getString("schema_hash");
    List<String> names = texts(row.getArray("names"));
    Array kinds = row.getArray("kinds");
    if (kinds == null) {
      return new NamedSchema(hash, NamedSchema.of(names).columns());
    }
    List<String> kindNames = texts(kinds);
    List<SchemaColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new SchemaColumn(names.get(i), ColumnKind.of(kindNames.get(i))));
    }
    return new NamedSchema(hash, columns);
  }

  private static List<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
