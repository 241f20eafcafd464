package io.mlassets.inference;

import io.mlassets.decision.Direction;
import io.mlassets.decision.Position;
import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.policy.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything the decision thread holds of one pair. */
final class LivePair {
  private final Pair pair;
  private final Policies policies;
  private final FeatureEngine engine;
  private final LegJoin join;
  private final PairDecider decider;
  private @Nullable Instant newestBar;

  LivePair(Pair pair, BarInterval interval, PairClass pairClass, Policies policies) {
    this.pair = pair;
    this.policies = policies;
    this.engine = new FeatureEngine(pair, interval, pairClass, policies.core().trading());
    this.join = new LegJoin(pair);
    this.decider = new PairDecider(policies);
  }

  Pair pair() {
    return pair;
  }

  Holding holding() {
    return decider.holding();
  }

  LegJoin join() {
    return join;
  }

  /** Bars to warm up with, an open position's entry included. */
  int warmUpBars() {
    return engine.warmUpBars() + policies.core().trading().holdingBars() + 1;
  }

  /** Feeds history; no decision is made, but the entry of an open position is found again. */
  void warmUp(List<PairBar> bars, Optional<History.LastMove> lastMove) {
    for (PairBar bar : bars) {
      newestBar = bar.ts();
      Optional<MarketView> view = engine.onBar(bar);
      if (holding().position() instanceof Position.Open) {
        holding().aged();
      }
      view.ifPresent(
          at -> lastMove.filter(move -> opensAt(move, bar)).ifPresent(move -> reopen(at, move)));
    }
  }

  private static boolean opensAt(History.LastMove move, PairBar bar) {
    return move.action().equals("ENTER") && move.barTs().equals(bar.ts());
  }

  private void reopen(MarketView entry, History.LastMove move) {
    holding()
        .entered(
            new Position.Open(
                Direction.against(entry.spread().zScore()),
                entry.bar().ts(),
                entry.spread(),
                0,
                move.scale()),
            move.signalId());
    if (move.filled()) {
      holding().confirm();
    }
  }

  /** The view of the bar this leg completes, if it does and the engine is warm. */
  Optional<MarketView> add(Bar leg) {
    if (newestBar != null && !leg.ts().isAfter(newestBar)) {
      return Optional.empty();
    }
    return join.add(leg).flatMap(this::advance);
  }

  /** The view of a whole bar. */
  Optional<MarketView> advance(PairBar bar) {
    newestBar = bar.ts();
    return engine.onBar(bar);
  }

  Decided decide(MarketView view, LiveModel model, Instant madeAt) {
    return decider.decide(view, model, madeAt);
  }
}
