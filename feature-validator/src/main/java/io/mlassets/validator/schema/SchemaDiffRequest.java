package io.mlassets.validator.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to compare; everything may be left out.
 *
 * @param modelVersion the model; the one deciding now when left out
 * @param schemaHash hash of a registered schema to compare it with
 * @param names names to compare it with, in order; a name tells its kind
 * @param features names with their kinds to compare it with, in order
 */
public record SchemaDiffRequest(
    @JsonProperty("model_version") @Nullable String modelVersion,
    @JsonProperty("schema_hash") @Nullable String schemaHash,
    @Nullable List<String> names,
    @Nullable List<SchemaColumn> features) {
  private static final int MOST_FEATURES = 2_000;
  static final SchemaDiffRequest DEFAULT = new SchemaDiffRequest(null, null, null, null);

  /** Refuses two schemas at once and over-long lists with {@link IllegalArgumentException}. */
  public SchemaDiffRequest {
    int given = (schemaHash == null ? 0 : 1) + (names == null ? 0 : 1) + (features == null ? 0 : 1);
    if (given > 1) {
      throw new IllegalArgumentException(
          "give one of schema_hash, names and features, not %d of them".formatted(given));
    }
    requireLength("names", names);
    requireLength("features", features);
  }

  private static void requireLength(String key, @Nullable List<?> list) {
    if (list != null && (list.isEmpty() || list.size() > MOST_FEATURES)) {
      throw new IllegalArgumentException(
          "%s has %d entries, not 1 to %d".formatted(key, list.size(), MOST_FEATURES));
    }
    if (list != null && list.stream().anyMatch(entry -> entry == null)) {
      throw new IllegalArgumentException(key + " contains null");
    }
  }
}
