package io.mlassets.suite.market;

/** Makes a market of cointegrated pairs whose spreads revert in some regimes and not in others. */
public final class MarketSimulator {
  private final SimulationSpec spec;

  /** A simulator of one market. */
  public MarketSimulator(SimulationSpec spec) {
    this.spec = spec;
  }

  /** The market; the same each time. */
  public SimulatedMarket simulate() {
    throw new UnsupportedOperationException("not yet: " + spec);
  }
}
