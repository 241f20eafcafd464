package io.mlassets.feature;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.policy.TradingRules;
import java.util.Optional;

/**
 * Turns the bars of one pair into features, one bar at a time; for history and live bars alike.
 *
 * <p>Not thread-safe: one engine per pair and thread.
 */
public final class FeatureEngine {
  private final Pair pair;
  private final TradingRules rules;

  /** An engine that has seen no bar. */
  public FeatureEngine(Pair pair, BarInterval interval, PairClass pairClass, TradingRules rules) {
    this.pair = pair;
    this.rules = rules;
  }

  /**
   * Takes the next bar in; empty while warming up.
   *
   * @throws IllegalArgumentException if the bar is of another pair or interval, or not newer than
   *     the last one; the engine's state is then unchanged
   */
  public Optional<MarketView> onBar(PairBar bar) {
    throw new UnsupportedOperationException("not yet: " + pair + bar);
  }

  /** After this many bars an engine started anywhere gives a view with every bar. */
  public int warmUpBars() {
    return 8 * rules.featureWindow();
  }
}
