package io.mlassets.trainer.search;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011) with Optuna's defaults: ten random
 * trials first, then per parameter the best of 24 candidates drawn from the density of the good
 * trials, judged by its ratio to the density of the rest.
 */
final class Tpe {
  private static final int START_UP = 10;
  private static final int CANDIDATES = 24;

  private final TrialSplit split;
  private final SplittableRandom random;

  Tpe(TrialSplit split, SplittableRandom random) {
    this.split = split;
    this.random = random;
  }

  double propose(Dimension dimension) {
    if (split.size() < START_UP) {
      return Density.uniform(dimension).sample(random);
    }
    Density good = Density.of(dimension, values(dimension, split.good()));
    Density rest = Density.of(dimension, values(dimension, split.rest()));
    double best = Double.NaN;
    double bestRatio = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      double candidate = good.sample(random);
      double ratio = good.logDensity(candidate) - rest.logDensity(candidate);
      if (Double.isNaN(best) || ratio > bestRatio) {
        best = candidate;
        bestRatio = ratio;
      }
    }
    return best;
  }

  private static double[] values(Dimension dimension, List<Trial> trials) {
    return trials.stream().mapToDouble(trial -> trial.params().get(dimension.name())).toArray();
  }
}
