package io.mlassets.feature;

import java.util.Map;

/**
 * Features whose effect has a direction that holds by construction of the label, whatever the
 * sample says: 1 where the score may only rise with the feature, −1 where it may only fall. Few are
 * known; a direction that is merely plausible is left to the trees.
 */
public final class KnownDirections {
  private KnownDirections() {}

  /**
   * Of the probability that a divergence closes. The further out the start, the later a path comes
   * to the exit and the earlier to the stop: paths cannot overtake each other.
   */
  public static Map<String, Integer> ofReturn() {
    return Map.of(FeatureName.Z_DISTANCE.schemaName(), -1);
  }

  /**
   * Of the probability of a risk event. The true range ratio to be broken is an average over bars
   * of which most have happened: the higher it stands, the nearer its bound.
   */
  public static Map<String, Integer> ofRisk() {
    return Map.of(FeatureName.ATR_RATIO.schemaName(), 1);
  }

  /**
   * Of the share of a full position that keeps risk in budget, which is the budget over the
   * volatility to come; volatility persists (Engle 1982).
   */
  public static Map<String, Integer> ofScale() {
    return Map.of(FeatureName.SPREAD_VOL.schemaName(), -1);
  }
}
