package io.mlassets.inference;

import io.mlassets.decision.Position;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.inference.stop.PairStops;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The pairs of the shards we decide for, warmed up from history. Where decisions were made before,
 * by whomever, they go on after the last of them: bars that came meanwhile are caught up.
 */
@Component
class LivePairs {
  private static final Logger log = LoggerFactory.getLogger(LivePairs.class);

  /** A view to decide on that came while the process was away. */
  record Due(LivePair pair, MarketView view) {}

  /**
   * What comes with shards taken.
   *
   * @param due decisions due from before, oldest bar first
   * @param last the last recorded decision of each pair, to show what it goes on from
   */
  record Taken(List<Due> due, List<PairState> last) {}

  private final History history;
  private final InstrumentCatalogue instruments;
  private final InferenceMetrics metrics;
  private final UntilDone untilDone;
  private final BarClocks clocks;
  private final HeardBars heard;
  private final HeldShards held;
  private final PairStops stops;
  private final SortedMap<Integer, Long> shards = new TreeMap<>();
  private final SortedMap<Integer, List<LivePair>> byShard = new TreeMap<>();
  private final Map<Symbol, List<LivePair>> bySymbol = new HashMap<>();

  /** With which read the first of the legs came that wait for their other one. */
  private final Map<LivePair, BarPosition.Read> halves = new HashMap<>();

  /** The last bar of a pair the decision on which was refused: it is not decided on again. */
  private final Map<Pair, Instant> refused = new HashMap<>();

  LivePairs(
      History history,
      InstrumentCatalogue instruments,
      InferenceMetrics metrics,
      UntilDone untilDone,
      BarClocks clocks,
      HeardBars heard,
      HeldShards held,
      PairStops stops) {
    this.history = history;
    this.instruments = instruments;
    this.metrics = metrics;
    this.untilDone = untilDone;
    this.clocks = clocks;
    this.heard = heard;
    this.held = held;
    this.stops = stops;
  }

  /** Our shards of which the pairs are here, and the epochs these go on in. */
  SortedMap<Integer, Long> shards() {
    return Collections.unmodifiableSortedMap(shards);
  }

  /** Forgets the pairs of shards that are not among ours, or were taken anew. */
  void retain(SortedMap<Integer, Long> ours) {
    shards.entrySet().retainAll(ours.entrySet());
    byShard.keySet().retainAll(shards.keySet());
    index();
  }

  /**
   * Decisions did not come on record, and nor did what is held by them: shards with such are taken
   * anew, and their pairs go on after the bars of these.
   */
  void goOnAfter(List<Decided> decisions) {
    SortedMap<Integer, Long> others = new TreeMap<>(shards);
    for (Decided decided : decisions) {
      Pair pair = decided.signal().pair();
      refused.put(pair, decided.signal().barTs());
      held.plan().shardOf(pair).ifPresent(others::remove);
    }
    retain(others);
  }

  /** Whether decisions on it go on. */
  boolean isHere(LivePair pair) {
    return with(pair.pair().a()).contains(pair);
  }

  private void index() {
    bySymbol.clear();
    for (LivePair live : all()) {
      live.pair()
          .legs()
          .forEach(leg -> bySymbol.computeIfAbsent(leg, l -> new ArrayList<>()).add(live));
    }
    halves.keySet().retainAll(Set.copyOf(all()));
  }

  private void noteHalves(LivePair pair) {
    heard
        .firstRead(pair.join().waiting())
        .ifPresentOrElse(read -> halves.put(pair, read), () -> halves.remove(pair));
  }

  /** The reads with which legs came that wait for their other one. */
  Stream<BarPosition.Read> halfRead() {
    return halves.values().stream();
  }

  /** Builds and warms up the pairs of those of our shards that are not here yet. */
  Taken take(LiveModel model, SortedMap<Integer, Long> ours) {
    // Another process may have stopped what this one decides from now on.
    untilDone.run("look for stopped pairs", stops::look);
    SortedMap<Integer, List<LivePair>> warm = new TreeMap<>();
    List<Due> due = new ArrayList<>();
    List<PairState> last = new ArrayList<>();
    BarInterval interval = model.bundle().manifest().interval();
    for (int shard : ours.keySet()) {
      if (!shards.containsKey(shard)) {
        for (Pair pair : held.plan().pairs(shard)) {
          LivePair live = warm(pair, model, due);
          warm.computeIfAbsent(shard, s -> new ArrayList<>()).add(live);
          history
              .lastState(model.mode(), pair, interval, live.holding(), model.schema())
              .ifPresent(last::add);
          held.keep();
        }
      }
    }
    due.sort(Comparator.comparing((Due at) -> at.view().bar().ts()));
    warm.keySet().forEach(shard -> shards.put(shard, ours.get(shard)));
    byShard.putAll(warm);
    index();
    log.info(
        "{} pairs of shards {} warmed up, {} decisions to catch up",
        warm.values().stream().mapToInt(List::size).sum(),
        warm.keySet(),
        due.size());
    return new Taken(due, last);
  }

  private LivePair warm(Pair pair, LiveModel model, List<Due> due) {
    BarInterval interval = model.bundle().manifest().interval();
    PairClass pairClass = PairClass.of(instruments.of(pair.a()), instruments.of(pair.b()));
    LivePair live =
        new LivePair(
            pair,
            interval,
            pairClass,
            model.policies(),
            this::dealBooked,
            () -> stops.isStopped(pair));
    Optional<Instant> last =
        Stream.concat(
                lastHandled(model.mode(), pair, interval).stream(),
                Stream.ofNullable(refused.get(pair)))
            .max(Comparator.naturalOrder());
    live.warmUp(
        upTo(last.orElse(Instant.EPOCH), pair, interval, live.warmUpBars()),
        history.openEntry(model.mode(), pair, interval));
    if (live.holding().position() instanceof Position.Open open) {
      log.info("{}: position {} since {} found again", pair, open.direction(), open.entryTs());
    }
    for (PairBar bar : after(pair, interval, last)) {
      live.advance(bar).ifPresent(view -> due.add(new Due(live, view)));
    }
    // Those whose other leg is still to come.
    heard.legs(pair).forEach(live::join);
    noteHalves(live);
    return live;
  }

  /**
   * The bar of the last decision. Without decisions so far, the newest bar there was when somebody
   * first was to decide is history too: only what comes after it is decided.
   */
  private Optional<Instant> lastHandled(SignalMode mode, Pair pair, BarInterval interval) {
    Optional<Instant> decided = history.lastDecided(mode, pair, interval);
    if (decided.isPresent()) {
      history.begun(mode, pair, interval);
      return decided;
    }
    return history.beginning(mode, pair, interval);
  }

  /** What {@code core.bars} has, and what was heard of and is not there yet. */
  private Collection<PairBar> after(Pair pair, BarInterval interval, Optional<Instant> last) {
    NavigableMap<Instant, PairBar> bars = heard.whole(pair, last.orElse(Instant.EPOCH));
    last.ifPresent(
        at ->
            history.bars().since(pair, interval, at).stream()
                .filter(clocks::trusts)
                .forEach(bar -> bars.put(bar.ts(), bar)));
    return bars.values();
  }

  /** The same of bars before: others may have decided on what is not in {@code core.bars} yet. */
  private List<PairBar> upTo(Instant last, Pair pair, BarInterval interval, int count) {
    NavigableMap<Instant, PairBar> bars =
        new TreeMap<>(heard.whole(pair, Instant.EPOCH).headMap(last, true));
    history.bars().upTo(pair, interval, last, count).forEach(bar -> bars.put(bar.ts(), bar));
    while (bars.size() > count) {
      bars.pollFirstEntry();
    }
    return List.copyOf(bars.values());
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
    noteHalves(pair);
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

  List<LivePair> with(Symbol symbol) {
    return bySymbol.getOrDefault(symbol, List.of());
  }

  List<LivePair> all() {
    return byShard.values().stream().flatMap(List::stream).toList();
  }

  List<Pair> pairs() {
    return all().stream().map(LivePair::pair).toList();
  }
}
