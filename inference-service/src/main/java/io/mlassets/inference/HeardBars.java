package io.mlassets.inference;

import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The last bars heard of every symbol, also of those other replicas decide on: whoever takes a
 * shard over must not miss a bar that {@code core.bars} does not have yet. For the decision thread
 * only.
 */
@Component
class HeardBars {
  /** Of a symbol. Those who died are missed sooner, and older bars are in {@code core.bars}. */
  static final int MOST = 256;

  private record Heard(Bar bar, BarPosition.Read read) {}

  private final Map<Symbol, NavigableMap<Instant, Heard>> bars = new HashMap<>();

  /** A bar came in with a read, newer than those before. */
  void add(Bar bar, BarPosition.Read read) {
    NavigableMap<Instant, Heard> heard =
        bars.computeIfAbsent(bar.symbol(), symbol -> new TreeMap<>());
    heard.put(bar.ts(), new Heard(bar, read));
    if (heard.size() > MOST) {
      heard.pollFirstEntry();
    }
  }

  /** What was heard does not count for the next model: its bars have another length. */
  void forget() {
    bars.clear();
  }

  /** The bars both legs were heard of after that, by their starts. */
  NavigableMap<Instant, PairBar> whole(Pair pair, Instant after) {
    NavigableMap<Instant, PairBar> whole = new TreeMap<>();
    Map<Instant, Bar> first = new HashMap<>();
    of(pair.a()).forEach(bar -> first.put(bar.ts(), bar));
    of(pair.b())
        .filter(bar -> bar.ts().isAfter(after))
        .forEach(
            bar -> {
              Bar other = first.get(bar.ts());
              if (other != null) {
                whole.put(bar.ts(), new PairBar(pair, other, bar));
              }
            });
    return whole;
  }

  /** The legs heard, each symbol's oldest first. */
  List<Bar> legs(Pair pair) {
    return pair.legs().stream().flatMap(this::of).toList();
  }

  private Stream<Bar> of(Symbol symbol) {
    return heard(symbol).values().stream().map(Heard::bar);
  }

  private Map<Instant, Heard> heard(Symbol symbol) {
    Map<Instant, Heard> heard = bars.get(symbol);
    return heard == null ? Map.of() : heard;
  }

  /** The read with which the first of these legs came; empty if none was heard. */
  Optional<BarPosition.Read> firstRead(Collection<Bar> legs) {
    return legs.stream()
        .flatMap(leg -> Stream.ofNullable(heard(leg.symbol()).get(leg.ts())))
        .map(Heard::read)
        .min(BarPosition.Read.ORDER);
  }
}
