package io.mlassets.ea;

/**
 * What an operator lets entries do (D4, D5).
 *
 * @param capital gross value of an entry of full scale, account currency
 * @param maxLots most lots of an entry's leg
 * @param maxPairs most pairs held at a time
 * @param maxEntries most entries within a minute
 * @param minEquity no entry below this equity, account currency
 */
public record EaLimits(
    double capital, double maxLots, int maxPairs, int maxEntries, double minEquity) {

  /** Refuses what is no number or negative with {@link IllegalArgumentException}. */
  public EaLimits {
    if (!(capital > 0 && maxLots >= 0 && minEquity >= 0) || maxPairs < 0 || maxEntries < 0) {
      throw new IllegalArgumentException(
          "limits must not be negative, capital must be positive: capital %s, lots %s, pairs %d, entries %d, equity %s"
              .formatted(capital, maxLots, maxPairs, maxEntries, minEquity));
    }
  }
}
