package io.mlassets.validator.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What changed from a model's schema to the newest.
 *
 * @param added features only the newest has, renamed ones not among them
 * @param removed features only the model has, renamed ones not among them
 * @param renamed a removed and an added feature that may be the same one
 * @param reordered the fewest features whose move explains the new order of those in both
 * @param typeChanged features whose kind changed
 */
public record SchemaDiff(
    List<String> added,
    List<String> removed,
    List<Renamed> renamed,
    List<Moved> reordered,
    @JsonProperty("type_changed") List<TypeChanged> typeChanged) {

  /**
   * A suggested rename.
   *
   * @param from the model's name
   * @param to the newest name
   * @param similarity in (0, 1]
   */
  public record Renamed(String from, String to, double similarity) {}

  /**
   * A feature that changed its place.
   *
   * @param name the feature
   * @param from position in the model's schema, from 0
   * @param to position in the newest
   */
  public record Moved(String name, int from, int to) {}

  /**
   * A feature whose kind changed.
   *
   * @param name the feature
   * @param from the model's kind
   * @param to the newest kind
   */
  public record TypeChanged(String name, ColumnKind from, ColumnKind to) {}

  /**
   * Whether the model can be served on the newest schema: only when nothing changed at all, as the
   * live path compares hashes over names, kinds and order.
   */
  public boolean compatible() {
    return added.isEmpty() && readableByName() && reordered.isEmpty();
  }

  /** Whether every feature of the model is still there under its name with its kind. */
  public boolean readableByName() {
    return removed.isEmpty() && renamed.isEmpty() && typeChanged.isEmpty();
  }
}
