package io.mlassets.trainer.search;

import io.mlassets.model.TreeParams;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is searched and what stays as it is.
 *
 * @param dimensions the parameters searched, names unique, choices before what depends on them
 * @param fixed the parameters that stay
 */
public record SearchSpace(List<Dimension> dimensions, TreeParams fixed) {

  /**
   * Copies; refuses a repeated name, and a condition on no earlier choice, with {@link
   * IllegalArgumentException}.
   */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
    Map<String, Dimension> earlier = new HashMap<>();
    for (Dimension dimension : dimensions) {
      if (dimension instanceof Dimension.When when
          && !(earlier.get(when.choice()) instanceof Dimension.Choice)) {
        throw new IllegalArgumentException(
            "%s depends on %s, which is no choice before it".formatted(when.name(), when.choice()));
      }
      if (earlier.put(dimension.name(), dimension) != null
          || fixed.values().containsKey(dimension.name())) {
        throw new IllegalArgumentException(dimension.name() + " repeats");
      }
    }
  }

  /** Places of the parameters every trial has and that can vary; what is quick to judge first. */
  List<Integer> joint() {
    return IntStream.range(0, dimensions.size())
        .filter(i -> !(dimensions.get(i) instanceof Dimension.When) && dimensions.get(i).varies())
        .boxed()
        .sorted(Comparator.comparing(i -> dimensions.get(i) instanceof Dimension.Whole))
        .toList();
  }
}
