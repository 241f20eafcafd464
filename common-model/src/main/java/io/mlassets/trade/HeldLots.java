package io.mlassets.trade;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;

/**
 * What is held of a symbol for a pair.
 *
 * @param pair the pair
 * @param symbol one of its symbols
 * @param lots volume, negative when sold, at most a million either way
 */
public record HeldLots(Pair pair, Symbol symbol, double lots) {
  /** Refuses a symbol of another pair, and lots out of range. */
  public HeldLots {
    if (!pair.legs().contains(symbol)) {
      throw new IllegalArgumentException("%s is not a leg of %s".formatted(symbol, pair));
    }
    NetLots.requireLots(symbol, lots);
  }
}
