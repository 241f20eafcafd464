package io.mlassets.validator.schema;

/**
 * One feature of a schema.
 *
 * @param name its name, not blank
 * @param kind what its values are
 */
public record SchemaColumn(String name, ColumnKind kind) {

  /** Refuses a blank or over-long name with {@link IllegalArgumentException}. */
  public SchemaColumn {
    if (name == null || name.isBlank() || name.length() > 200) {
      throw new IllegalArgumentException(
          "feature name '%s' is blank or longer than 200 characters".formatted(name));
    }
    if (kind == null) {
      throw new IllegalArgumentException("feature %s has no kind".formatted(name));
    }
  }
}
