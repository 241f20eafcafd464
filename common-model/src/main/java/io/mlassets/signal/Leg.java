package io.mlassets.signal;

import io.mlassets.market.Symbol;

/**
 * One leg of a signal as a share of the position's gross notional.
 *
 * @param symbol the instrument
 * @param side direction of the order on entry; on exit the direction that closes the leg
 * @param weight share of gross notional in (0, 1]; the legs' weights sum to 1
 */
public record Leg(Symbol symbol, Side side, double weight) {

  /** Refuses a weight outside (0, 1] with {@link IllegalArgumentException}. */
  public Leg {
    if (!(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "%s: weight %s is not in (0, 1]".formatted(symbol, weight));
    }
  }
}
