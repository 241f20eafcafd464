package io.mlassets.trade;

import io.mlassets.market.Pair;
import java.time.Instant;

/**
 * A position that was opened and is flat again.
 *
 * @param account the trading account
 * @param pair the pair
 * @param modelVersion version that decided the entry
 * @param entryAt UTC time of the first entry deal
 * @param exitAt UTC time of the last exit deal
 * @param grossReturn profit as a fraction of the position's gross notional; the spread and slippage
 *     paid are in the deal prices
 * @param cost commission and swap at the catalogue's rates, same unit, not negative
 */
public record RoundTrip(
    String account,
    Pair pair,
    String modelVersion,
    Instant entryAt,
    Instant exitAt,
    double grossReturn,
    double cost) {

  /** Whether it earned more than it cost, which is how the backtest counts a win. */
  public boolean won() {
    return grossReturn > cost;
  }
}
