package io.mlassets.drift;

/**
 * Evidence that a model's live outputs left the range seen in validation: a bet against that claim,
 * settled block of time by block of time.
 *
 * <p>While the claim holds, the share X of a block's outputs outside has a mean of at most p,
 * whatever its outputs have to do with each other. Each block multiplies the evidence by {@code 1 +
 * (X − p) / 2p = (1 + X/p) / 2}, whose mean is then at most 1, and evidence below 1 is forgotten
 * (CUSUM). Summed over all blocks a bet could have begun with, instead of the best of them, it
 * grows by at most 1 a block on average (Shiryaev and Roberts), so that it takes {@link #LIMIT}
 * blocks or more on average until a sound model is taken for one that left its range, however often
 * one looks (Shin, Ramdas and Rinaldo 2023, e-detectors).
 *
 * @param tolerated p: bound of the mean share outside, in (0, 1]
 * @param value the evidence, not negative; 0 before the first block
 */
public record OutsideEvidence(double tolerated, double value) {
  /** Evidence from which on it is no longer chance. */
  public static final double LIMIT = 10_000;

  /**
   * Times the share expected that is tolerated: models in force are fitted to all rows, those whose
   * outputs were measured to all but a fold, and neighbouring blocks are not independent.
   */
  private static final double TOLERANCE = 2;

  /** Refuses what cannot be with {@link IllegalArgumentException}. */
  public OutsideEvidence {
    if (!(tolerated > 0 && tolerated <= 1 && value >= 0)) {
      throw new IllegalArgumentException(
          "evidence %s at a tolerated share of %s".formatted(value, tolerated));
    }
  }

  /** The mean share outside that is tolerated where {@code expected} is the bound by itself. */
  public static double toleratedOf(double expected) {
    return Math.min(1, TOLERANCE * expected);
  }

  /** Before the first block. */
  public static OutsideEvidence none(double tolerated) {
    return new OutsideEvidence(tolerated, 0);
  }

  /**
   * After a further block.
   *
   * @param share of its outputs outside, in [0, 1]
   */
  public OutsideEvidence after(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share outside %s is not in [0, 1]".formatted(share));
    }
    double next = Math.max(1, value) * (1 + share / tolerated) / 2;
    return new OutsideEvidence(tolerated, Math.min(next, Double.MAX_VALUE));
  }

  /** Whether chance no longer explains what was seen. */
  public boolean isOver() {
    return value >= LIMIT;
  }
}
