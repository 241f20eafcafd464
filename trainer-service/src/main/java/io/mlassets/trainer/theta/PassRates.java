package io.mlassets.trainer.theta;

import io.mlassets.policy.Range;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The share of candidate entries with {@code risk_score < θ2}, where it is known: it grows with θ2
 * and depends on nothing else, so that known values bound it between them.
 */
final class PassRates {
  private final Range wanted;
  private final TreeMap<Double, Double> known = new TreeMap<>();

  PassRates(Range wanted) {
    this.wanted = wanted;
  }

  /** The share at a θ2; null, without candidates, says nothing. */
  void learn(double theta2, @Nullable Double rate) {
    if (rate != null) {
      known.put(theta2, rate);
    }
  }

  /** Those of some θ2 whose share can be within the wanted range; all where none can be. */
  double[] wanted(double[] theta2) {
    double[] possible = Arrays.stream(theta2).filter(this::canBeWanted).toArray();
    return possible.length == 0 ? theta2 : possible;
  }

  private boolean canBeWanted(double theta2) {
    Map.Entry<Double, Double> below = known.floorEntry(theta2);
    Map.Entry<Double, Double> above = known.ceilingEntry(theta2);
    double least = below == null ? 0 : below.getValue();
    double most = above == null ? 1 : above.getValue();
    return least <= wanted.high() && most >= wanted.low();
  }
}
