package io.mlassets.inference;

import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Waits for both legs of a bar of one pair. */
final class LegJoin {
  private static final int MOST_WAITING = 256;
  private final Pair pair;
  private final NavigableMap<Instant, Bar> waiting = new TreeMap<>();
  private List<Instant> givenUp = new ArrayList<>();

  LegJoin(Pair pair) {
    this.pair = pair;
  }

  /**
   * Takes one leg in. When it completes its bar, older bars that still wait for a leg are given up.
   */
  Optional<PairBar> add(Bar leg) {
    Bar other = waiting.get(leg.ts());
    if (other == null || other.symbol().equals(leg.symbol())) {
      waiting.put(leg.ts(), leg);
      while (waiting.size() > MOST_WAITING) {
        Instant oldest = waiting.firstKey();
        waiting.remove(oldest);
        givenUp.add(oldest);
      }
      return Optional.empty();
    }
    givenUp.addAll(waiting.headMap(leg.ts(), false).keySet());
    waiting.headMap(leg.ts(), true).clear();
    boolean first = leg.symbol().equals(pair.a());
    return Optional.of(new PairBar(pair, first ? leg : other, first ? other : leg));
  }

  /** Starts of the bars given up since the last call because a leg never came, oldest first. */
  List<Instant> takeGivenUp() {
    if (givenUp.isEmpty()) {
      return List.of();
    }
    List<Instant> taken = givenUp;
    givenUp = new ArrayList<>();
    return taken;
  }

  /** The legs that wait for their other one. */
  Collection<Bar> waiting() {
    return Collections.unmodifiableCollection(waiting.values());
  }
}
