package io.mlassets.policy;

/**
 * A closed interval of shares or probabilities.
 *
 * @param low lower end, in [0, 1]
 * @param high upper end, in [low, 1]
 */
public record Range(double low, double high) {

  /** Refuses ends outside [0, 1] or out of order with {@link IllegalArgumentException}. */
  public Range {
    if (!(0 <= low && low <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "[%s, %s] is not an interval within [0, 1]".formatted(low, high));
    }
  }

  /** Whether {@code value} lies within, ends included. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  /** {@code [low, high]}, for people. */
  @Override
  public String toString() {
    return "[%s, %s]".formatted(low, high);
  }
}
