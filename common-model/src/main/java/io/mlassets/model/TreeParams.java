package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hyper-parameters under the engine's own names, such as {@code num_leaves} or {@code eta}.
 *
 * @param values finite values by name, sorted
 */
public record TreeParams(@JsonValue SortedMap<String, Double> values) {

  /** Copies; refuses values that are not finite with {@link IllegalArgumentException}. */
  public TreeParams {
    values.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "parameter %s %s is not finite".formatted(name, value));
          }
        });
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The parameters of a map. */
  @JsonCreator
  public static TreeParams of(Map<String, Double> values) {
    return new TreeParams(new TreeMap<>(values));
  }

  /** The value of {@code name}; none → {@link IllegalArgumentException}. */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("parameter %s is not among %s".formatted(name, values));
    }
    return value;
  }

  /** These parameters with {@code name} set to {@code value}. */
  public TreeParams with(String name, double value) {
    TreeMap<String, Double> changed = new TreeMap<>(values);
    changed.put(name, value);
    return new TreeParams(changed);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
