package io.mlassets.bench.faults;

import java.util.Collections;
import java.util.List;

/** Figures of times that were measured; 0 without any. */
final class Seconds {
  private Seconds() {}

  static double longest(List<Double> seconds) {
    return seconds.isEmpty() ? 0 : Collections.max(seconds);
  }

  /** The smallest that 99 in a hundred are not above. */
  static double p99(List<Double> seconds) {
    List<Double> rising = seconds.stream().sorted().toList();
    return rising.isEmpty() ? 0 : rising.get((int) Math.ceil(0.99 * rising.size()) - 1);
  }
}
