package io.mlassets.inference;

import io.mlassets.feature.MarketView;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.platform.MarketClock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides on whole bars. Those of a model whose features the data pipeline makes wait for them, and
 * are decided when these came. For the decision thread only.
 */
@Component
class DecideBars {
  private final DecidingModel model;
  private final LivePairs pairs;
  private final HeardBars heard;
  private final WaitingBars waiting;
  private final BarPosition position;
  private final PairFaults faults;
  private final ShowStates states;
  private final InferenceMetrics metrics;
  private final MarketClock marketClock;

  DecideBars(
      DecidingModel model,
      LivePairs pairs,
      HeardBars heard,
      WaitingBars waiting,
      BarPosition position,
      PairFaults faults,
      ShowStates states,
      InferenceMetrics metrics,
      MarketClock marketClock) {
    this.model = model;
    this.pairs = pairs;
    this.heard = heard;
    this.waiting = waiting;
    this.position = position;
    this.faults = faults;
    this.states = states;
    this.metrics = metrics;
    this.marketClock = marketClock;
  }

  /**
   * A leg came: decides on the bars that are whole with it.
   *
   * @param cameAt when it came, UTC; null if nobody saw it come
   * @param decisions to which those made are added
   */
  void hear(Bar leg, @Nullable Instant cameAt, List<Decided> decisions) {
    marketClock.sawBar(leg.end());
    heard.add(leg, position.reading());
    for (LivePair pair : pairs.with(leg.symbol())) {
      for (PairBar bar : pairs.whole(pair, leg)) {
        @Nullable Instant came = bar.ts().equals(leg.ts()) ? cameAt : null;
        faults.contain(
            pair,
            bar.ts(),
            () -> pair.advance(bar).ifPresent(view -> decide(pair, view, came, decisions)));
      }
    }
  }

  /** Decides on a bar that came before its shard was taken. */
  void catchUp(LivePairs.Due due, List<Decided> decisions) {
    PairBar bar = due.view().bar();
    marketClock.sawBar(bar.a().end());
    faults.contain(due.pair(), bar.ts(), () -> decide(due.pair(), due.view(), null, decisions));
  }

  /** Whether bars wait for features. */
  boolean isAnyWaiting() {
    return !waiting.isEmpty();
  }

  /** Decides on the bars that need wait for features no longer. */
  void settle(List<Decided> decisions) {
    if (model.now() == null || waiting.isEmpty()) {
      return;
    }
    waiting.keepOnly(pairs);
    for (WaitingBars.Ready ready : waiting.take(model.schema())) {
      faults.contain(
          ready.pair(),
          ready.view().bar().ts(),
          () -> decideNow(ready.pair(), ready.view(), ready.cameAt(), decisions));
    }
  }

  private void decide(
      LivePair pair, MarketView view, @Nullable Instant cameAt, List<Decided> decisions) {
    if (model.schema().isCurrent() && waiting.isEmpty()) {
      decideNow(pair, view, cameAt, decisions);
    } else {
      waiting.add(
          pair,
          view,
          cameAt,
          heard.firstRead(List.of(view.bar().a(), view.bar().b())).orElse(null));
    }
  }

  private void decideNow(
      LivePair pair, MarketView view, @Nullable Instant cameAt, List<Decided> decisions) {
    LiveModel current = Objects.requireNonNull(model.now());
    Decided decided = pair.decide(view, current, marketClock.now(), cameAt);
    decisions.add(decided);
    states.decided(PairState.of(decided, pair.holding(), metrics.missingLegs(pair.pair())));
  }
}
