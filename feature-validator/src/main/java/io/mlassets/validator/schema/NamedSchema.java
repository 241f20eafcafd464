package io.mlassets.validator.schema;

import io.mlassets.feature.FeatureSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A schema as somebody declared it: ours, or one data-assets-pipeline registered, whose kinds need
 * not follow our rule that a name tells the kind.
 *
 * @param hash the hash it is registered under
 * @param columns its features in order, each name once
 */
public record NamedSchema(String hash, List<SchemaColumn> columns) {

  /** Refuses an empty schema and a repeated name with {@link IllegalArgumentException}. */
  public NamedSchema {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a feature schema needs at least one name");
    }
    Set<String> seen = new HashSet<>();
    for (SchemaColumn column : columns) {
      if (!seen.add(column.name())) {
        throw new IllegalArgumentException("feature '%s' stands twice".formatted(column.name()));
      }
    }
  }

  /** The schema of names alone; a name tells the kind as in {@link FeatureSchema}. */
  public static NamedSchema of(List<String> names) {
    return of(FeatureSchema.of(names));
  }

  /** One of our own schemas. */
  public static NamedSchema of(FeatureSchema schema) {
    List<SchemaColumn> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      ColumnKind kind = schema.isCategorical(i) ? ColumnKind.CATEGORICAL : ColumnKind.NUMERIC;
      columns.add(new SchemaColumn(schema.names().get(i), kind));
    }
    return new NamedSchema(schema.hash(), columns);
  }

  /** Columns somebody declared, under the hash {@link FeatureSchema#hash} gives such a schema. */
  public static NamedSchema declared(List<SchemaColumn> columns) {
    StringBuilder text = new StringBuilder();
    columns.forEach(c -> text.append(c.name()).append(':').append(c.kind().wire()).append('\n'));
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new NamedSchema(HexFormat.of().formatHex(digest), columns);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Names in order. */
  public List<String> names() {
    return columns.stream().map(SchemaColumn::name).toList();
  }
}
