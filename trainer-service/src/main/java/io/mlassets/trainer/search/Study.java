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
 * A search by trial: {@link #ask} for parameters, try them, {@link #tell} what came out. Not
 * thread-safe.
 *
 * <p>With a window of {@code w}, trial {@code n} is proposed from the outcomes of trials {@code 0}
 * to {@code n − w}; the {@code w − 1} trials after those count as running, whether they are or not
 * (in the density of the rest, as Optuna's constant liar does). So {@code w} trials can run at a
 * time, and the trials do not depend on how many do, on which ends first, or on whether the study
 * was interrupted.
 */
public final class Study {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final SearchSpace space;
  private final Goal goal;
  private final long seed;
  private final int window;
  private final Tpe tpe;

  private int proposed;

  private final List<Trial> trials = new ArrayList<>();

  /** Those of {@link #trials} that proposals may see, the best first. */
  private final List<Trial> ranked = new ArrayList<>();

  /** One trial at a time, parameters drawn together. */
  public Study(SearchSpace space, Goal goal, long seed) {
    this(space, goal, seed, 1, true);
  }

  /**
   * A study without trials.
   *
   * @param window trials that may run at a time, at least 1
   * @param together whether parameters are drawn together (multivariate) or each by itself
   */
  public Study(SearchSpace space, Goal goal, long seed, int window, boolean together) {
    if (window < 1) {
      throw new IllegalArgumentException("window: %d is not at least 1".formatted(window));
    }
    this.space = space;
    this.goal = goal;
    this.seed = seed;
    this.window = window;
    this.tpe = new Tpe(space, together);
  }

  /**
   * The next parameters to try. Refuses with {@link IllegalStateException} while a trial is not
   * told that the next depends on.
   */
  public Proposal ask() {
    int number = proposed;
    int seen = Math.max(0, number - window + 1);
    if (trials.size() < seen) {
      throw new IllegalStateException(
          "trial %d needs the outcome of trial %d".formatted(number, trials.size()));
    }
    while (ranked.size() < seen) {
      rank(trials.get(ranked.size()));
    }
    SplittableRandom random = new SplittableRandom(seedOf(number));
    boolean[] isGood = new boolean[number];
    ranked.subList(0, Tpe.gamma(seen)).forEach(trial -> isGood[trial.number()] = true);
    double[] values = tpe.propose(seen, isGood, random);
    proposed++;
    return new Proposal(number, seedOf(number), params(values));
  }

  /** A trial's own seed, from the study's seed and its number alone. */
  public long seedOf(int number) {
    return new SplittableRandom(seed + number * GOLDEN_GAMMA).nextLong();
  }

  private TreeParams params(double[] values) {
    TreeMap<String, Double> params = new TreeMap<>(space.fixed().values());
    for (int d = 0; d < values.length; d++) {
      if (!Double.isNaN(values[d])) {
        params.put(space.dimensions().get(d).name(), values[d]);
      }
    }
    return new TreeParams(params);
  }

  /** Finished trials before pruned ones; of those, the ones that got further first. */
  private void rank(Trial trial) {
    Comparator<Trial> order =
        Comparator.comparing(Trial::pruned)
            .thenComparingInt(t -> t.pruned() ? -t.intermediate().size() : 0)
            .thenComparingDouble(t -> goal.loss(t.value()))
            .thenComparingInt(Trial::number);
    int place = Collections.binarySearch(ranked, trial, order);
    ranked.add(-place - 1, trial);
  }

  /** What came out of the earliest trial not yet told. */
  public void tell(Trial trial) {
    if (trial.number() != trials.size() || trial.number() >= proposed) {
      throw new IllegalStateException(
          "trial %d was told where %d is due of %d asked"
              .formatted(trial.number(), trials.size(), proposed));
    }
    trials.add(trial);
  }

  /** The best finished trial; the earliest of equals. */
  public Optional<Trial> best() {
    return trials.stream()
        .filter(trial -> !trial.pruned())
        .min(
            Comparator.<Trial>comparingDouble(trial -> goal.loss(trial.value()))
                .thenComparingInt(Trial::number));
  }

  /** All trials that were told, by number. */
  public List<Trial> trials() {
    return Collections.unmodifiableList(trials);
  }

  /**
   * The trials that may bear on trial {@code number}: the same whatever runs beside it.
   *
   * @param number of a trial that was asked for
   */
  public List<Trial> seenBy(int number) {
    return List.copyOf(trials.subList(0, Math.max(0, number - window + 1)));
  }

  /** How many trials may run at a time. */
  public int window() {
    return window;
  }

  /** What is wanted. */
  public Goal goal() {
    return goal;
  }
}
