package io.mlassets.validator.drift;

import java.util.Arrays;

/** Drift's statistics once more, slowly and another way. */
final class DriftOracle {
  private DriftOracle() {}

  /** Of a mean, in standard deviations of the sample. */
  static double shift(double[] sample, double mean) {
    double reference = Arrays.stream(sample).average().orElseThrow();
    double squares = Arrays.stream(sample).map(x -> (x - reference) * (x - reference)).sum();
    return (mean - reference) / Math.sqrt(squares / (sample.length - 1));
  }

  /** Deciles of the sample, shares counted one by one. */
  static double psi(double[] sample, double[] live) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double psi = 0;
    for (int bin = 0; bin < 10; bin++) {
      double low = bin == 0 ? -1e300 : sorted[bin * sample.length / 10];
      double high = bin == 9 ? 1e300 : sorted[(bin + 1) * sample.length / 10];
      double p = share(sample, low, high);
      double q = share(live, low, high);
      psi += (p - q) * Math.log(p / q);
    }
    return psi;
  }

  private static double share(double[] values, double low, double high) {
    double count = Arrays.stream(values).filter(x -> x >= low && x < high).count();
    return Math.max(count, 0.5) / values.length;
  }

  /** The chance of so few wins or fewer, by Pascal's triangle. */
  static double binomial(int trades, int wins, double rate) {
    double[] chance = new double[trades + 1];
    chance[0] = 1;
    for (int n = 0; n < trades; n++) {
      for (int k = n + 1; k >= 0; k--) {
        chance[k] = chance[k] * (1 - rate) + (k > 0 ? chance[k - 1] * rate : 0);
      }
    }
    return Arrays.stream(chance, 0, wins + 1).sum();
  }
}
