package io.mlassets.trade;

import io.mlassets.market.Symbol;

/**
 * What an account holds of a symbol, over all pairs.
 *
 * @param symbol the symbol
 * @param lots volume, negative when sold, at most a million either way
 */
public record NetLots(Symbol symbol, double lots) {
  /** Refuses lots out of range. */
  public NetLots {
    requireLots(symbol, lots);
  }

  static void requireLots(Symbol symbol, double lots) {
    if (!(Math.abs(lots) <= LegOutcome.MOST_LOTS)) {
      throw new IllegalArgumentException("%s: lots %s is out of range".formatted(symbol, lots));
    }
  }
}
