package io.mlassets.trainer.search;

import io.mlassets.model.TreeParams;
import java.util.List;

/**
 * A trial that ended.
 *
 * @param number its number, from 0
 * @param params what was tried
 * @param value what came out; for a pruned trial the last intermediate value
 * @param intermediate values shown on the way, one per step; may be empty
 * @param pruned whether it was given up early
 */
public record Trial(
    int number, TreeParams params, double value, List<Double> intermediate, boolean pruned) {

  /** Copies; refuses a value that is not finite with {@link IllegalArgumentException}. */
  public Trial {
    intermediate = List.copyOf(intermediate);
    if (!Double.isFinite(value) || (pruned && intermediate.isEmpty())) {
      throw new IllegalArgumentException(
          "trial %d: value %s after %d steps".formatted(number, value, intermediate.size()));
    }
  }
}
