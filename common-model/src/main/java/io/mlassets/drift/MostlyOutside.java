package io.mlassets.drift;

import java.util.Arrays;

/**
 * Whether a short trial shows a model that is out of its range: outputs are outside in the mean of
 * its blocks by half or more. A sound model's mean share is at most p, so by Markov's inequality it
 * is refused with a probability of at most 2p; where that is above {@link #CHANCE} the mean must be
 * accordingly greater. Too few blocks for {@link OutsideEvidence}, and less to lose: the model that
 * was in force goes on.
 */
public final class MostlyOutside {
  /** Bound of the probability that a sound model is refused. */
  static final double CHANCE = 0.1;

  private static final double HALF = 0.5;

  private MostlyOutside() {}

  /**
   * Judges.
   *
   * @param shares share of each block's outputs outside, in [0, 1]; none is no evidence
   * @param tolerated p: bound of the mean share outside, in (0, 1]
   */
  public static boolean is(double[] shares, double tolerated) {
    return Arrays.stream(shares).average().orElse(0) >= Math.max(HALF, tolerated / CHANCE);
  }
}
