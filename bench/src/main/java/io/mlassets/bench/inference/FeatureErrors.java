package io.mlassets.bench.inference;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How far features are from what they should be, the largest error of each: relative to the value
 * where that is above one, else absolute. All features are dimensionless and of the order of one:
 * deviations, logarithms, shares, correlations; near zero a relative error would measure the last
 * bits of a difference.
 */
final class FeatureErrors {
  private final SequencedMap<String, Double> largest = new LinkedHashMap<>();
  private long values;

  FeatureErrors(Collection<String> names) {
    names.forEach(name -> largest.put(name, 0.0));
  }

  /** Infinite where only one of the two is missing, none where both are. */
  static double error(double value, double truth) {
    if (Double.isNaN(value) || Double.isNaN(truth)) {
      return Double.isNaN(value) && Double.isNaN(truth) ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(value - truth) / Math.max(1, Math.abs(truth));
  }

  void add(String name, double error) {
    values++;
    largest.merge(name, error, Math::max);
  }

  /** Values compared. */
  long values() {
    return values;
  }

  /** By name, in the order of the schema. */
  SequencedMap<String, Double> largest() {
    return largest;
  }

  /** One sentence for each feature with an error above what is allowed. */
  List<String> above(double allowed) {
    return largest.entrySet().stream()
        .filter(entry -> !(entry.getValue() <= allowed))
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%s is %.1e away, at most %.0e",
                    entry.getKey(),
                    entry.getValue(),
                    allowed))
        .toList();
  }

  /** The largest of all. */
  double worst() {
    return Collections.max(largest.values());
  }

  /** Whose it is. */
  String worstName() {
    return largest.entrySet().stream()
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }
}
