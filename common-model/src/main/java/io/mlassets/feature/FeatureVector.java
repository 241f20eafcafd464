package io.mlassets.feature;

import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.Arrays;

/** The features of one pair at the close of one bar, in the order of their schema. Immutable. */
public final class FeatureVector {
  private final FeatureSchema schema;
  private final Pair pair;
  private final Instant ts;
  private final double[] values;

  private FeatureVector(FeatureSchema schema, Pair pair, Instant ts, double[] values) {
    this.schema = schema;
    this.pair = pair;
    this.ts = ts;
    this.values = values;
  }

  /**
   * A vector of the given values.
   *
   * @param ts UTC start of the bar at whose close the features were known
   * @param values as many as the schema has names; NaN means missing; infinities are refused, and
   *     so is a category that is no non-negative integer
   */
  public static FeatureVector of(FeatureSchema schema, Pair pair, Instant ts, double[] values) {
    if (values.length != schema.size()) {
      throw new IllegalArgumentException(
          "%s %s: %d features, the schema has %d"
              .formatted(pair, ts, values.length, schema.size()));
    }
    for (int i = 0; i < values.length; i++) {
      if (Double.isInfinite(values[i])) {
        throw new IllegalArgumentException(
            "%s %s: feature %s is %s".formatted(pair, ts, schema.names().get(i), values[i]));
      }
      if (schema.isCategorical(i) && !isCategory(values[i])) {
        throw new IllegalArgumentException(
            "%s %s: category %s is %s".formatted(pair, ts, schema.names().get(i), values[i]));
      }
    }
    return new FeatureVector(schema, pair, ts, values.clone());
  }

  private static boolean isCategory(double value) {
    return Double.isNaN(value) || (value >= 0 && value == Math.rint(value));
  }

  /**
   * A vector nobody made: every value is missing.
   *
   * @param ts UTC start of the bar it is missing at
   */
  public static FeatureVector missing(FeatureSchema schema, Pair pair, Instant ts) {
    double[] values = new double[schema.size()];
    Arrays.fill(values, Double.NaN);
    return new FeatureVector(schema, pair, ts, values);
  }

  /** Whether nothing is known: every value is missing. */
  public boolean isMissing() {
    return Arrays.stream(values).allMatch(Double::isNaN);
  }

  /** The names and order of the values. */
  public FeatureSchema schema() {
    return schema;
  }

  /** The pair described. */
  public Pair pair() {
    return pair;
  }

  /** UTC start of the bar. */
  public Instant ts() {
    return ts;
  }

  /** The value at a position of the schema; NaN when missing. */
  public double get(int index) {
    return values[index];
  }

  /** The value of a named feature; NaN when missing. */
  public double get(String name) {
    return values[schema.indexOf(name)];
  }

  /** All values, in schema order; the caller's own. */
  public double[] copy() {
    return values.clone();
  }

  /** Same schema, pair, time and bit-equal values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVector that
        && schema.equals(that.schema)
        && pair.equals(that.pair)
        && ts.equals(that.ts)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * pair.hashCode() + ts.hashCode()) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(pair, ts, Arrays.toString(values));
  }
}
