package io.mlassets.bench.honesty;

/**
 * Markets whose worth is known. What they are worth is what the policy's own rule, trading every
 * candidate without any model, truly earns after costs: {@code PLANTED} an annual Sharpe ratio of
 * 2. Spreads are the simulator's, two pairs of hourly bars; where they revert, they do so nine
 * tenths of the time.
 */
enum MarketKind {
  /** Nothing reverts; trading is nearly free, so that luck has its best chance. */
  RANDOM_WALKS(0, 0.1, false),
  /** The same, free, with thresholds so low that nearly everything is traded: a fair game. */
  FAIR_GAME(0, 0, true),
  /** Spreads revert, and trading costs more than that earns. */
  COSTS_ABOVE_EDGE(130, 6.5, false),
  /** Spreads revert, and trading leaves the Sharpe ratio asked for. */
  PLANTED(130, 3.5, false);

  final double edge;
  final double costBps;
  final boolean tradesAnything;

  MarketKind(double edge, double costBps, boolean tradesAnything) {
    this.edge = edge;
    this.costBps = costBps;
    this.tradesAnything = tradesAnything;
  }
}
