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
 * @param trees trees the value was reached with; of a pruned trial those it had; 0 where none grow
 * @param curves the loss of each fold after each tenth of the trees, as far as the fold went; empty
 *     where nothing grows, and of a pruned trial
 */
public record Trial(
    int number,
    TreeParams params,
    double value,
    List<Double> intermediate,
    boolean pruned,
    int trees,
    List<List<Double>> curves) {

  /** Copies; refuses a value that is not finite with {@link IllegalArgumentException}. */
  public Trial {
    intermediate = List.copyOf(intermediate);
    curves = curves.stream().map(List::copyOf).toList();
    if (!Double.isFinite(value) || (pruned && intermediate.isEmpty())) {
      throw new IllegalArgumentException(
          "trial %d: value %s after %d steps".formatted(number, value, intermediate.size()));
    }
  }

  /** A trial that came to its end, and grew nothing. */
  public static Trial finished(Proposal proposal, double value, List<Double> shown, int trees) {
    return finished(proposal, value, shown, trees, List.of());
  }

  /** A trial that came to its end. */
  public static Trial finished(
      Proposal proposal, double value, List<Double> shown, int trees, List<List<Double>> curves) {
    return new Trial(proposal.number(), proposal.params(), value, shown, false, trees, curves);
  }

  /** A trial given up after showing at least one value. */
  public static Trial givenUp(Proposal proposal, List<Double> shown, int trees) {
    return new Trial(
        proposal.number(), proposal.params(), shown.getLast(), shown, true, trees, List.of());
  }
}
