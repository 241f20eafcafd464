package io.mlassets.model;

import java.util.Arrays;

/**
 * Probabilities and labels that any language makes alike, by a congruential generator: {@code x' =
 * 1103515245 x + 12345 mod 2³¹} from 42; a probability, then a draw.
 */
record SampleLabels(double[] said, double[] labels) {

  static SampleLabels of(int rows) {
    double[] said = new double[rows];
    double[] labels = new double[rows];
    long x = 42;
    for (int i = 0; i < rows; i++) {
      x = (1103515245L * x + 12345) % (1L << 31);
      said[i] = x / (double) (1L << 31);
      x = (1103515245L * x + 12345) % (1L << 31);
      labels[i] = x / (double) (1L << 31) < 0.2 + 0.5 * said[i] ? 1 : 0;
    }
    return new SampleLabels(said, labels);
  }

  /** The same with probabilities rounded down to so many steps. */
  SampleLabels tied(int steps) {
    return new SampleLabels(
        Arrays.stream(said).map(p -> Math.floor(p * steps) / steps).toArray(), labels);
  }
}
