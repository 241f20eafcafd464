package io.mlassets.trainer.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A search by trial: {@link #ask} for parameters, try them, {@link #tell} what came out. Proposals
 * depend on the seed and what was told, never on time or threads.
 */
public final class Study {
  private final SearchSpace space;
  private final Goal goal;
  private final long seed;
  private final List<Trial> trials = new ArrayList<>();

  /** A study without trials. */
  public Study(SearchSpace space, Goal goal, long seed) {
    this.space = space;
    this.goal = goal;
    this.seed = seed;
  }

  /** The next parameters to try. */
  public Proposal ask() {
    throw new UnsupportedOperationException("not yet: " + space + seed);
  }

  /** The trial ended with a finite value. */
  public void tell(Proposal proposal, double value) {
    trials.add(new Trial(proposal.number(), proposal.params(), value, 0, false));
  }

  /**
   * The trial was given up.
   *
   * @param intermediate the values it had shown, one per step, at least one
   */
  public void tellPruned(Proposal proposal, List<Double> intermediate) {
    double last = intermediate.getLast();
    trials.add(new Trial(proposal.number(), proposal.params(), last, intermediate.size(), true));
  }

  /** The best finished trial; the earliest of equals. */
  public Optional<Trial> best() {
    return Optional.empty();
  }

  /** All trials that ended, in order. */
  public List<Trial> trials() {
    return Collections.unmodifiableList(trials);
  }

  /** What is wanted. */
  public Goal goal() {
    return goal;
  }
}
