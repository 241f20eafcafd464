package io.mlassets.bench.honesty;

import java.util.Locale;

/**
 * Markets whose worth is known: {@link Truth} measures what simple rules truly earn on them.
 * Spreads are the simulator's, two pairs of hourly bars; where they revert, they do so nine tenths
 * of the time. Thresholds are the policy's or so low that nearly everything is traded: by the
 * policy's, hardly a random walk is traded at all, and nothing is left for luck.
 */
enum MarketKind {
  /** Nothing reverts; trading is nearly free. */
  RANDOM_WALKS(0, 0.1, false),
  /** The same, free, nearly everything traded: luck has its best chance. */
  FAIR_GAME(0, 0, true),
  /** The same at small costs: an annual Sharpe ratio of about -0.3 is to be overcome by luck. */
  SMALL_COSTS(0, 0.4, true),
  /** Spreads revert; costs eat what even the largest deviations earn, and little more. */
  COSTS_ABOVE_EDGE(130, 6.3, false),
  /** Spreads revert; to whoever trades every candidate, costs leave a Sharpe ratio of 2. */
  PLANTED(130, 3.5, false);

  final double edge;
  final double costBps;
  final boolean tradesAnything;

  MarketKind(double edge, double costBps, boolean tradesAnything) {
    this.edge = edge;
    this.costBps = costBps;
    this.tradesAnything = tradesAnything;
  }

  /** In reports. */
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
