package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;

/**
 * A mixture of normal distributions cut to the range: one around each observation, as wide as the
 * larger gap to its neighbours, and a wide one in the middle as prior (Optuna's univariate Parzen
 * estimator with magic clip, without end points).
 */
final class NumberDensity implements Density {
  private final Scale scale;
  private final double[] mean;
  private final double[] deviation;
  private final double[] weight;
  private final boolean uniform;

  NumberDensity(Scale scale, double[] observed) {
    this(scale, observed, false);
  }

  private NumberDensity(Scale scale, double[] observed, boolean uniform) {
    this.scale = scale;
    this.uniform = uniform;
    mean = Arrays.copyOf(observed, observed.length + 1);
    for (int i = 0; i < observed.length; i++) {
      mean[i] = scale.inward(observed[i]);
    }
    mean[observed.length] = (scale.low() + scale.high()) / 2;
    deviation = deviations();
    weight = Density.weights(observed.length);
  }

  static NumberDensity uniform(Scale scale) {
    return new NumberDensity(scale, new double[0], true);
  }

  private double[] deviations() {
    int n = mean.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> mean[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double smallest = scale.range() / Math.min(100, 1 + n);
    double[] widths = new double[n];
    for (int rank = 0; rank < n; rank++) {
      double here = mean[order[rank]];
      double below = rank > 0 ? here - mean[order[rank - 1]] : 0;
      double above = rank < n - 1 ? mean[order[rank + 1]] - here : 0;
      widths[order[rank]] = Math.clamp(Math.max(below, above), smallest, scale.range());
    }
    widths[n - 1] = scale.range();
    return widths;
  }

  @Override
  public double sample(SplittableRandom random) {
    if (!(scale.range() > 0)) {
      return scale.min();
    }
    double share = random.nextDouble();
    if (uniform) {
      return scale.outward(scale.low() + share * scale.range());
    }
    int kernel = Density.draw(weight, random);
    return scale.outward(
        TruncatedNormalDistribution.of(mean[kernel], deviation[kernel], scale.low(), scale.high())
            .inverseCumulativeProbability(share));
  }

  @Override
  public double logDensity(double value) {
    if (!(scale.range() > 0) || uniform) {
      return 0;
    }
    double position = scale.inward(value);
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      NormalDistribution normal = NormalDistribution.of(mean[i], deviation[i]);
      double half = scale.halfStep();
      double here =
          half > 0
              ? normal.probability(position - half, position + half)
              : normal.density(position);
      sum += weight[i] * here / normal.probability(scale.low(), scale.high());
    }
    return Math.log(sum);
  }
}
