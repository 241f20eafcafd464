package io.mlassets.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a bundle is made of.
 *
 * @param version its version
 * @param createdAt when, UTC
 * @param manifest what training determined; its {@code files} stay empty
 * @param trees the engine's text of each model
 * @param goldenRows raw feature rows in schema order (NaN is missing) whose exact outputs the
 *     bundle keeps; at least one
 */
public record BundleDraft(
    ModelVersion version,
    Instant createdAt,
    BundleManifest manifest,
    Map<ModelType, String> trees,
    List<double[]> goldenRows) {

  /** Copies; refuses what is missing with {@link IllegalArgumentException}. */
  public BundleDraft {
    trees = Map.copyOf(trees);
    goldenRows = List.copyOf(goldenRows);
    if (trees.size() != ModelType.values().length || goldenRows.isEmpty()) {
      throw new IllegalArgumentException(
          "a bundle needs three models and a golden row, got %s and %d rows"
              .formatted(trees.keySet(), goldenRows.size()));
    }
  }

  byte[] tree(ModelType type) {
    String text = trees.get(type);
    if (text == null) {
      throw new IllegalStateException("the constructor lets no draft pass without " + type);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
