package io.mlassets.trainer.search;

import io.mlassets.model.TreeParams;
import java.util.List;

/**
 * What is searched and what stays as it is.
 *
 * @param dimensions the parameters searched, names unique
 * @param fixed the parameters that stay
 */
public record SearchSpace(List<Dimension> dimensions, TreeParams fixed) {

  /** Copies; refuses a repeated name with {@link IllegalArgumentException}. */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
    List<String> names = dimensions.stream().map(Dimension::name).toList();
    if (names.stream().distinct().count() != names.size()
        || names.stream().anyMatch(fixed.values()::containsKey)) {
      throw new IllegalArgumentException("a name repeats in %s or %s".formatted(names, fixed));
    }
  }
}
