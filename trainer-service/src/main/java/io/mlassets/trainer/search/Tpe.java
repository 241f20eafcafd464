package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011) as Optuna 5 does it: ten random
 * trials first, then the best of 24 candidates drawn from the density of the good trials, judged by
 * its ratio to the density of the rest. Parameters every trial has are drawn together
 * (multivariate), or each by itself; a conditional one always by itself, from the trials that had
 * it.
 *
 * <p>Kernels get narrower than Optuna's ({@link Gaussians}, {@link Group}): that makes up for what
 * a search with trials side by side does not know yet.
 */
final class Tpe {
  private static final int START_UP = 10;
  private static final int CANDIDATES = 24;
  private static final int MAX_GOOD = 25;

  /** Far above what sums of the same kernels in another order differ by. */
  private static final double ROUNDING = 1e-9;

  private final SearchSpace space;
  private final List<Axis> axes;
  private final boolean together;

  Tpe(SearchSpace space, boolean together) {
    this.space = space;
    this.axes = space.dimensions().stream().map(Axis::new).toList();
    this.together = together;
  }

  /** How many of so many finished trials are good: {@code min(⌈0.1 n⌉, 25)}. */
  static int gamma(int finished) {
    return Math.min((finished + 9) / 10, MAX_GOOD);
  }

  /**
   * The next trial: one value per parameter, NaN where its condition does not hold.
   *
   * @param finished trials the split was made of
   * @param isGood by number, of all trials proposed so far; the rest may still be running
   */
  double[] propose(int finished, boolean[] isGood, SplittableRandom random) {
    List<Dimension> dimensions = space.dimensions();
    double[] values = new double[dimensions.size()];
    Arrays.fill(values, Double.NaN);
    boolean learned = finished >= START_UP;
    List<Integer> joint = learned && together ? space.joint() : List.of();
    if (!joint.isEmpty()) {
      double[] best = best(joint, isGood, random);
      for (int i = 0; i < best.length; i++) {
        values[joint.get(i)] = best[i];
      }
    }
    for (int d = 0; d < values.length; d++) {
      Dimension dimension = dimensions.get(d);
      if (Double.isNaN(values[d]) && exists(dimension, values)) {
        values[d] =
            learned && dimension.varies()
                ? best(List.of(d), isGood, random)[0]
                : Kernels.uniform(dimension, random);
      }
      values[d] = shown(dimension, values[d]);
      axes.get(d).add(values[d]);
    }
    return values;
  }

  private static double shown(Dimension dimension, double value) {
    return switch (dimension) {
      case Dimension.Real real when !Double.isNaN(value) -> Scale.of(real).shown(value);
      case Dimension.When when -> shown(when.dimension(), value);
      default -> value;
    };
  }

  private boolean exists(Dimension dimension, double[] values) {
    if (!(dimension instanceof Dimension.When when)) {
      return true;
    }
    List<Dimension> dimensions = space.dimensions();
    for (int d = 0; d < values.length; d++) {
      if (dimensions.get(d).name().equals(when.choice())) {
        return values[d] == when.value();
      }
    }
    throw new IllegalStateException("no choice " + when.choice());
  }

  private double[] best(List<Integer> places, boolean[] isGood, SplittableRandom random) {
    List<Axis> of = places.stream().map(axes::get).toList();
    Parzen good = new Parzen(of, trials(of, isGood, true), Group.GOOD);
    Parzen rest = new Parzen(of, trials(of, isGood, false), Group.REST);
    double[][] candidates = new double[CANDIDATES][];
    double[] logs = new double[CANDIDATES];
    for (int i = 0; i < CANDIDATES; i++) {
      candidates[i] = good.sample(random);
      logs[i] = good.logDensity(candidates[i]);
    }
    return candidates[largestRatio(candidates, logs, rest)];
  }

  /**
   * The candidate with the largest ratio of densities, of equals the first. The density of the rest
   * has most of the kernels: a few of them bound it from below, and with it the ratio from above,
   * so that few candidates need all.
   */
  private static int largestRatio(double[][] candidates, double[] logs, Parzen rest) {
    int best = largest(logs);
    double bestRatio = logs[best] - rest.logDensity(candidates[best]);
    rest.keepClosest();
    double[] bounds = new double[logs.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = logs[i] - rest.atLeast(candidates[i]) + ROUNDING;
    }
    bounds[best] = Double.NEGATIVE_INFINITY;
    for (int next = largest(bounds); bounds[next] >= bestRatio; next = largest(bounds)) {
      double ratio = logs[next] - rest.logDensity(candidates[next]);
      if (ratio > bestRatio || (ratio == bestRatio && next < best)) {
        best = next;
        bestRatio = ratio;
      }
      bounds[next] = Double.NEGATIVE_INFINITY;
    }
    return best;
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }

  /** Numbers of the good trials, or of the others, that had all the parameters. */
  private static Chosen trials(List<Axis> axes, boolean[] isGood, boolean good) {
    int[] trials = new int[isGood.length];
    int count = 0;
    for (int trial = 0; trial < trials.length; trial++) {
      boolean whole = isGood[trial] == good;
      for (int i = 0; whole && i < axes.size(); i++) {
        whole = axes.get(i).has(trial);
      }
      trials[count] = trial;
      count += whole ? 1 : 0;
    }
    return Chosen.of(Arrays.copyOf(trials, count), trials.length);
  }
}
