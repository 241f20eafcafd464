package io.mlassets.trade;

import io.mlassets.market.Symbol;

/**
 * What became of one leg of an order signal.
 *
 * @param leg 0 for the pair's first symbol, 1 for its second
 * @param symbol that symbol
 * @param outcome what became of it
 * @param lots volume dealt, negative when sold, at most a million either way
 */
public record LegOutcome(int leg, Symbol symbol, SignalOutcome outcome, double lots) {
  static final double MOST_LOTS = 1e6;

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public LegOutcome {
    if (leg < 0 || leg > 1) {
      throw new IllegalArgumentException("leg %d is not 0 or 1".formatted(leg));
    }
    if (!(Math.abs(lots) <= MOST_LOTS)) {
      throw new IllegalArgumentException("leg %d: lots %s is out of range".formatted(leg, lots));
    }
    if (outcome.isWithoutDeal() && lots != 0) {
      throw new IllegalArgumentException("leg %d: %s with lots %s".formatted(leg, outcome, lots));
    }
  }
}
