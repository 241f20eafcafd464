package io.mlassets.market;

/**
 * What trading one instrument costs and how it is sized; read from {@code config/instruments.yaml}.
 *
 * @param symbol the instrument
 * @param assetClass {@code metal, fx, index, energy, crypto, simulated}: the base of the pair class
 * @param contractSize units of the instrument in one lot, positive
 * @param quoteCurrency ISO code of the currency prices are in
 * @param spreadBps full bid-ask spread in basis points (1e-4) of price; a fill pays half of it
 * @param commissionBps commission per side in basis points of notional
 * @param slippageBps expected slippage per side in basis points of notional
 * @param swapBpsPerDay cost of holding over a day in basis points of notional
 */
public record Instrument(
    Symbol symbol,
    String assetClass,
    double contractSize,
    String quoteCurrency,
    double spreadBps,
    double commissionBps,
    double slippageBps,
    double swapBpsPerDay) {

  /** Refuses negative costs and sizes with {@link IllegalArgumentException}. */
  public Instrument {
    if (!(contractSize > 0)) {
      throw new IllegalArgumentException(
          symbol + ": contract size must be positive, got " + contractSize);
    }
    requireCost(symbol, "spread_bps", spreadBps);
    requireCost(symbol, "commission_bps", commissionBps);
    requireCost(symbol, "slippage_bps", slippageBps);
    requireCost(symbol, "swap_bps_per_day", swapBpsPerDay);
  }

  private static void requireCost(Symbol symbol, String key, double bps) {
    if (!(bps >= 0) || bps > 1_000) {
      throw new IllegalArgumentException(
          "%s: %s %s is not in [0, 1000]".formatted(symbol, key, bps));
    }
  }

  /** Cost of one side (half spread, commission, slippage) as a fraction of notional. */
  public double costPerSide() {
    return (spreadBps / 2 + commissionBps + slippageBps) * 1e-4;
  }
}
