package io.mlassets.feature;

/** The last values of a series, by age: 0 is the newest. */
final class Lags {
  private final double[] values;
  private int next;
  private int size;

  Lags(int longestLag) {
    values = new double[longestLag + 1];
  }

  void add(double value) {
    values[next] = value;
    next = next + 1 == values.length ? 0 : next + 1;
    size = Math.min(size + 1, values.length);
  }

  /** Whether a value of that age is there. */
  boolean has(int lag) {
    return lag < size;
  }

  double get(int lag) {
    int index = next - 1 - lag;
    return values[index < 0 ? index + values.length : index];
  }

  /** Newest value less the one of that age. */
  double change(int lag) {
    return get(0) - get(lag);
  }
}
