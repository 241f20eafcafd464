package io.mlassets.inference;

import io.mlassets.decision.Position;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The pairs of the live model, warmed up from history. Where decisions were made before, it goes on
 * after the last of them: bars that came meanwhile are {@link #takeCatchUp caught up}.
 */
@Component
class LivePairs {
  private static final Logger log = LoggerFactory.getLogger(LivePairs.class);

  /** A view to decide on that came while the process was away. */
  record Due(LivePair pair, MarketView view) {}

  private final History history;
  private final InstrumentCatalogue instruments;
  private final InferenceMetrics metrics;
  private final UntilDone untilDone;
  private final BarClocks clocks;
  private Map<Pair, LivePair> pairs = Map.of();
  private Map<Symbol, List<LivePair>> bySymbol = Map.of();
  private List<Due> catchUp = List.of();

  LivePairs(
      History history,
      InstrumentCatalogue instruments,
      InferenceMetrics metrics,
      UntilDone untilDone,
      BarClocks clocks) {
    this.history = history;
    this.instruments = instruments;
    this.metrics = metrics;
    this.untilDone = untilDone;
    this.clocks = clocks;
  }

  /** Builds and warms up the pairs of a model. */
  void rebuild(LiveModel model) {
    Map<Pair, LivePair> next = new LinkedHashMap<>();
    Map<Symbol, List<LivePair>> legs = new HashMap<>();
    List<Due> due = new ArrayList<>();
    for (Pair pair : model.bundle().manifest().pairs()) {
      LivePair live = warm(pair, model, due);
      next.put(pair, live);
      pair.legs().forEach(leg -> legs.computeIfAbsent(leg, l -> new ArrayList<>()).add(live));
    }
    due.sort(Comparator.comparing((Due at) -> at.view().bar().ts()));
    pairs = next;
    bySymbol = legs;
    catchUp = due;
    log.info("{} pairs warmed up, {} decisions to catch up", next.size(), due.size());
  }

  private LivePair warm(Pair pair, LiveModel model, List<Due> due) {
    BarInterval interval = model.bundle().manifest().interval();
    PairClass pairClass = PairClass.of(instruments.of(pair.a()), instruments.of(pair.b()));
    LivePair live = new LivePair(pair, interval, pairClass, model.policies(), this::dealBooked);
    Optional<Instant> decided = history.lastDecided(model.mode(), pair, interval);
    // Without decisions so far, the newest bar is history too: only what comes after it is decided.
    Instant until = decided.orElse(Instant.parse("9999-01-01T00:00:00Z"));
    live.warmUp(
        history.bars().upTo(pair, interval, until, live.warmUpBars()),
        history.openEntry(model.mode(), pair, interval));
    if (live.holding().position() instanceof Position.Open open) {
      log.info("{}: position {} since {} found again", pair, open.direction(), open.entryTs());
    }
    if (decided.isPresent()) {
      history.bars().since(pair, interval, decided.get()).stream()
          .filter(clocks::trusts)
          .forEach(bar -> live.advance(bar).ifPresent(view -> due.add(new Due(live, view))));
    }
    return live;
  }

  private boolean dealBooked(UUID signalId) {
    return untilDone.get("look for a deal", () -> history.dealBooked(signalId));
  }

  /**
   * The whole bars a leg brings, oldest first: the one it completes and, before it, those the
   * stream did not bring although both legs are in {@code core.bars}.
   */
  List<PairBar> whole(LivePair pair, Bar leg) {
    Optional<PairBar> completed = pair.join(leg);
    List<PairBar> bars =
        new ArrayList<>(completed.map(bar -> lostBefore(pair, bar)).orElse(List.of()));
    List<Instant> givenUp = new ArrayList<>(pair.join().takeGivenUp());
    bars.forEach(bar -> givenUp.remove(bar.ts()));
    metrics.missingLegs(pair.pair(), givenUp.size());
    completed.ifPresent(bars::add);
    return bars;
  }

  private List<PairBar> lostBefore(LivePair pair, PairBar next) {
    Optional<Instant> after = pair.gapBefore(next);
    if (after.isEmpty()) {
      return List.of();
    }
    BarInterval interval = next.a().interval();
    List<PairBar> lost =
        untilDone.get(
            "look for lost bars",
            () ->
                history.bars().between(pair.pair(), interval, after.get(), next.ts()).stream()
                    .filter(clocks::trusts)
                    .toList());
    if (!lost.isEmpty()) {
      log.warn("{}: {} bars from core.bars, the stream lost them", pair.pair(), lost.size());
    }
    return lost;
  }

  /** The last recorded decision of each pair, so that a restart shows what it goes on from. */
  List<PairState> lastStates(LiveModel model) {
    BarInterval interval = model.bundle().manifest().interval();
    return pairs.values().stream()
        .flatMap(
            live -> history.lastState(model.mode(), live.pair(), interval, live.holding()).stream())
        .toList();
  }

  /** The decisions that are due from before; once. */
  List<Due> takeCatchUp() {
    List<Due> due = catchUp;
    catchUp = List.of();
    return due;
  }

  Set<Symbol> symbols() {
    return bySymbol.keySet();
  }

  List<LivePair> with(Symbol symbol) {
    return bySymbol.getOrDefault(symbol, List.of());
  }

  Iterable<LivePair> all() {
    return pairs.values();
  }

  List<Pair> pairs() {
    return List.copyOf(pairs.keySet());
  }
}
