package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Isotonic regression: straight lines between knots, constant beyond the ends.
 *
 * @param knots raw scores, strictly rising, finite, at least one
 * @param probabilities the value at each knot, in [0, 1], never falling
 */
public record Isotonic(
    @JsonProperty("knots") List<Double> knots,
    @JsonProperty("probabilities") List<Double> probabilities)
    implements Calibration {

  /** Copies; refuses what breaks an invariant with {@link IllegalArgumentException}. */
  public Isotonic {
    knots = List.copyOf(knots);
    probabilities = List.copyOf(probabilities);
    if (knots.isEmpty() || knots.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          "isotonic needs as many probabilities as knots, at least one; got %d and %d"
              .formatted(probabilities.size(), knots.size()));
    }
    double lastKnot = Double.NEGATIVE_INFINITY;
    double lastValue = 0;
    for (int i = 0; i < knots.size(); i++) {
      double knot = knots.get(i);
      double value = probabilities.get(i);
      if (!(knot > lastKnot) || !Double.isFinite(knot) || !(value >= lastValue) || !(value <= 1)) {
        throw new IllegalArgumentException(
            "isotonic knot %d (%s, %s) does not rise from (%s, %s)"
                .formatted(i, knot, value, lastKnot, lastValue));
      }
      lastKnot = knot;
      lastValue = value;
    }
  }

  @Override
  public double apply(double raw) {
    int found = Collections.binarySearch(knots, raw);
    if (found >= 0) {
      return probabilities.get(found);
    }
    int above = -found - 1;
    if (above == 0) {
      return probabilities.getFirst();
    }
    if (above == knots.size()) {
      return probabilities.getLast();
    }
    double x0 = knots.get(above - 1);
    double y0 = probabilities.get(above - 1);
    double share = (raw - x0) / (knots.get(above) - x0);
    return y0 + share * (probabilities.get(above) - y0);
  }

  /**
   * Fits by pool-adjacent-violators: the least-squares rising step function; rows of equal score
   * count as one. Blocks keep their first and last score as knots.
   *
   * @param raw finite raw scores
   * @param labels 0 or 1 each, both present
   */
  public static Isotonic fit(double[] raw, double[] labels) {
    Labels01.positives(raw, labels);
    return PoolAdjacentViolators.fit(raw, labels);
  }

  static Isotonic ofKnots(double[] x, double[] y, int length) {
    List<Double> knots = new ArrayList<>(length);
    List<Double> values = new ArrayList<>(length);
    Arrays.stream(x, 0, length).forEach(knots::add);
    Arrays.stream(y, 0, length).forEach(values::add);
    return new Isotonic(knots, values);
  }
}
