package io.mlassets.decision;

/** Side of a spread position. */
public enum Direction {
  /** Long the first leg, short the second: entered when the spread is low. */
  LONG_SPREAD(1),
  /** Short the first leg, long the second: entered when the spread is high. */
  SHORT_SPREAD(-1);

  private final int sign;

  Direction(int sign) {
    this.sign = sign;
  }

  /** The direction that earns when a spread at {@code zScore} returns to its mean. */
  public static Direction against(double zScore) {
    return zScore > 0 ? SHORT_SPREAD : LONG_SPREAD;
  }

  /** +1 for long, −1 for short. */
  public int sign() {
    return sign;
  }
}
