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
import io.mlassets.parity.BarsWitness;
import io.mlassets.policy.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything the decision thread holds of one pair. */
final class LivePair {
  private final Pair pair;
  private final BarInterval interval;
  private final int holdingBars;
  private final FeatureEngine engine;
  private final BarsWitness witness;
  private final LegJoin join;
  private final PairDecider decider;
  private @Nullable Instant newestBar;
  private long featureNanos;

  /**
   * A pair that has seen nothing.
   *
   * @param policies in force; later ones come with the model of each decision
   * @param dealBooked whether the record has a deal of an entry
   * @param entriesStopped whether entries of the pair are stopped
   */
  LivePair(
      Pair pair,
      BarInterval interval,
      PairClass pairClass,
      Policies policies,
      Predicate<UUID> dealBooked,
      BooleanSupplier entriesStopped) {
    this.pair = pair;
    this.interval = interval;
    this.holdingBars = policies.core().trading().holdingBars();
    this.engine = new FeatureEngine(pair, interval, pairClass, policies.core().trading());
    this.witness = new BarsWitness(engine.warmUpBars());
    this.join = new LegJoin(pair);
    this.decider = new PairDecider(policies, dealBooked, entriesStopped);
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
    return engine.warmUpBars() + holdingBars + 1;
  }

  /** Feeds history; no decision is made, but the entry of an open position is found again. */
  void warmUp(List<PairBar> bars, Optional<History.OpenEntry> open) {
    for (PairBar bar : bars) {
      newestBar = bar.ts();
      Optional<MarketView> view = engine.onBar(bar);
      witness.saw(bar);
      if (holding().position() instanceof Position.Open) {
        holding().aged();
      }
      view.ifPresent(
          at ->
              open.filter(entry -> entry.barTs().equals(bar.ts()))
                  .ifPresent(entry -> reopen(at, entry)));
    }
  }

  private void reopen(MarketView view, History.OpenEntry entry) {
    holding()
        .entered(
            new Position.Open(
                Direction.against(view.spread().zScore()),
                view.bar().ts(),
                view.spread(),
                0,
                entry.scale()),
            entry.signalId());
    if (entry.filled()) {
      holding().dealt(entry.signalId());
    }
  }

  /** The bar this leg completes, if it does and the bar is news. */
  Optional<PairBar> join(Bar leg) {
    return newestBar != null && !leg.ts().isAfter(newestBar) ? Optional.empty() : join.add(leg);
  }

  /** The newest bar seen, if there may be bars between it and {@code next}. */
  Optional<Instant> gapBefore(PairBar next) {
    return Optional.ofNullable(newestBar)
        .filter(newest -> interval.endOf(newest).isBefore(next.ts()));
  }

  /** The view of a whole bar. */
  Optional<MarketView> advance(PairBar bar) {
    newestBar = bar.ts();
    long before = System.nanoTime();
    Optional<MarketView> view = engine.onBar(bar);
    featureNanos = System.nanoTime() - before;
    witness.sawToDecide(bar);
    return view;
  }

  Decided decide(MarketView view, LiveModel model, Instant madeAt, @Nullable Instant cameAt) {
    return decider.decide(view, witness.take(view.bar().ts()), model, madeAt, cameAt, featureNanos);
  }
}
