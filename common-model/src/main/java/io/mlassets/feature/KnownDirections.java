package io.mlassets.feature;

import java.util.Map;

/**
 * Features whose effect has a direction that holds by construction of the label, whatever the
 * sample says: 1 where the score may only rise with the feature, −1 where it may only fall. Few are
 * known: a direction that is plausible, or that markets mostly show (volatility persists), is left
 * to the trees. Of risk and of scale none is.
 */
public final class KnownDirections {
  private KnownDirections() {}

  /**
   * Of the probability that a divergence closes. The label measures the path with the entry's own
   * β, mean and deviation; of two paths of that z-score driven alike, the one that starts further
   * out stays further out, so it comes later to the exit and earlier to the stop.
   */
  public static Map<String, Integer> ofReturn() {
    return Map.of(FeatureName.Z_DISTANCE.schemaName(), -1);
  }
}
