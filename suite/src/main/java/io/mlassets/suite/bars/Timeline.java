package io.mlassets.suite.bars;

import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Bars of many symbols in the order the market made them. */
public final class Timeline {
  private final List<MarketStep> steps;
  private final List<Pair> pairs;

  /** Merges every symbol's bars. */
  public Timeline(Collection<List<Bar>> bars, List<Pair> pairs) {
    TreeMap<Instant, List<Bar>> byStart = new TreeMap<>();
    for (List<Bar> ofSymbol : bars) {
      for (Bar bar : ofSymbol) {
        byStart.computeIfAbsent(bar.ts(), ts -> new ArrayList<>(4)).add(bar);
      }
    }
    this.steps =
        byStart.entrySet().stream()
            .map(entry -> new MarketStep(entry.getKey(), entry.getValue()))
            .toList();
    this.pairs = List.copyOf(pairs);
  }

  /** All steps in time order. */
  public List<MarketStep> steps() {
    return steps;
  }

  /**
   * Index of the first of the last {@code count} steps at which at least one pair has both its
   * legs; fewer when there are not as many.
   */
  public int startOfLast(int count) {
    int found = 0;
    int index = steps.size();
    while (index > 0 && found < count) {
      index--;
      if (!completePairs(steps.get(index)).isEmpty()) {
        found++;
      }
    }
    return index;
  }

  /** Pairs both of whose legs have a bar at this step. */
  public List<Pair> completePairs(MarketStep step) {
    Set<Symbol> present = new HashSet<>();
    step.bars().forEach(bar -> present.add(bar.symbol()));
    return pairs.stream().filter(pair -> present.containsAll(pair.legs())).toList();
  }

  /** How often each pair is complete in {@code [from, to)}. */
  public Map<Pair, Integer> completeCounts(int from, int to) {
    Map<Pair, Integer> counts = new HashMap<>();
    pairs.forEach(pair -> counts.put(pair, 0));
    for (MarketStep step : steps.subList(from, to)) {
      completePairs(step).forEach(pair -> counts.merge(pair, 1, Integer::sum));
    }
    return counts;
  }
}
