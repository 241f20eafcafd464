package io.mlassets.feature;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.policy.TradingRules;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bars of one pair into features, one bar at a time in constant time; for history and
 * live bars alike. Windows count bars, not hours: sessions, weekends and holidays are no gaps in
 * them.
 *
 * <p>Every view depends on the last {@link #warmUpBars()} bars only and is the same, bit for bit,
 * wherever before them the engine was started: rolling sums are recomputed at points of absolute
 * time ({@code Anchors}), and no view is given before all of them are.
 *
 * <p>Not thread-safe: one engine per pair and thread.
 */
public final class FeatureEngine {
  private final Pair pair;
  private final BarInterval interval;
  private final Anchors anchors;
  private final int block;
  private final PairWindow window;
  private final SpreadHistory history;
  private final PairClass pairClass;
  private @Nullable Instant lastTs;

  /** An engine that has seen no bar. */
  public FeatureEngine(Pair pair, BarInterval interval, PairClass pairClass, TradingRules rules) {
    this.pair = pair;
    this.interval = interval;
    this.pairClass = pairClass;
    this.block = Math.max(8, rules.featureWindow() / 4);
    this.anchors = new Anchors(interval, block);
    this.window = new PairWindow(rules.featureWindow());
    this.history = new SpreadHistory(rules.featureWindow());
  }

  /**
   * Takes the next bar in; empty while warming up.
   *
   * @throws IllegalArgumentException if the bar is of another pair or interval, or not newer than
   *     the last one; the engine's state is then unchanged
   */
  public Optional<MarketView> onBar(PairBar bar) {
    require(bar);
    lastTs = bar.ts();
    boolean anchor = anchors.next(bar.ts());
    window.add(bar, anchor);
    if (!window.ready()) {
      return Optional.empty();
    }
    SpreadState spread = window.spread();
    history.add(spread, anchor);
    if (!history.ready()) {
      return Optional.empty();
    }
    double[] values = new FeatureRow(window, history, spread, pairClass).values();
    return Optional.of(
        new MarketView(
            bar, spread, FeatureVector.of(FeatureSchema.current(), pair, bar.ts(), values)));
  }

  /** After this many bars an engine started anywhere gives a view with every bar. */
  public int warmUpBars() {
    return window.warmUpBars(block) + history.warmUpBars(block);
  }

  private void require(PairBar bar) {
    Bar leg = bar.a();
    if (!bar.pair().equals(pair) || !leg.interval().equals(interval)) {
      throw new IllegalArgumentException(
          "engine of %s %s got a bar of %s %s"
              .formatted(pair, interval, bar.pair(), leg.interval()));
    }
    if (lastTs != null && !bar.ts().isAfter(lastTs)) {
      throw new IllegalArgumentException(
          "%s: bar %s is not newer than %s".formatted(pair, bar.ts(), lastTs));
    }
  }
}
