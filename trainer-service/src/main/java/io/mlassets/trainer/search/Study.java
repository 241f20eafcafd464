package io.mlassets.trainer.search;

import io.mlassets.model.TreeParams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A search by trial: {@link #ask} for parameters, try them, {@link #tell} what came out. Proposals
 * depend on the seed and what was told, never on time or threads. Not thread-safe.
 */
public final class Study {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final SearchSpace space;
  private final Goal goal;
  private final long seed;
  private final List<Trial> trials = new ArrayList<>();
  private int asked;

  /** A study without trials. */
  public Study(SearchSpace space, Goal goal, long seed) {
    this.space = space;
    this.goal = goal;
    this.seed = seed;
  }

  /** The next parameters to try. */
  public Proposal ask() {
    int number = asked++;
    long trialSeed = new SplittableRandom(seed + number * GOLDEN_GAMMA).nextLong();
    SplittableRandom random = new SplittableRandom(trialSeed);
    Tpe tpe = new Tpe(TrialSplit.of(trials, goal), random);
    TreeMap<String, Double> values = new TreeMap<>(space.fixed().values());
    for (Dimension dimension : space.dimensions()) {
      values.put(dimension.name(), tpe.propose(dimension));
    }
    return new Proposal(number, random.nextLong(), new TreeParams(values));
  }

  /** The trial ended with a finite value. */
  public void tell(Proposal proposal, double value) {
    tell(proposal, value, List.of());
  }

  /** The trial ended with a finite value, having shown others on the way. */
  public void tell(Proposal proposal, double value, List<Double> intermediate) {
    trials.add(new Trial(proposal.number(), proposal.params(), value, intermediate, false));
  }

  /**
   * The trial was given up.
   *
   * @param intermediate the values it had shown, one per step, at least one
   */
  public void tellPruned(Proposal proposal, List<Double> intermediate) {
    trials.add(
        new Trial(
            proposal.number(), proposal.params(), intermediate.getLast(), intermediate, true));
  }

  /** The best finished trial; the earliest of equals. */
  public Optional<Trial> best() {
    return trials.stream()
        .filter(trial -> !trial.pruned())
        .min(
            Comparator.<Trial>comparingDouble(trial -> goal.loss(trial.value()))
                .thenComparingInt(Trial::number));
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
