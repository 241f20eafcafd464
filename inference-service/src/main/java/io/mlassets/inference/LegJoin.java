package io.mlassets.inference;

import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Waits for both legs of a bar of one pair. */
final class LegJoin {
  private static final int MOST_WAITING = 256;
  private final Pair pair;
  private final NavigableMap<Instant, Bar> waiting = new TreeMap<>();
  private int missing;

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
        waiting.pollFirstEntry();
        missing++;
      }
      return Optional.empty();
    }
    NavigableMap<Instant, Bar> done = waiting.headMap(leg.ts(), true);
    missing += done.size() - 1;
    done.clear();
    boolean first = leg.symbol().equals(pair.a());
    return Optional.of(new PairBar(pair, first ? leg : other, first ? other : leg));
  }

  /** Bars given up since the last call because a leg never came. */
  int takeMissing() {
    int count = missing;
    missing = 0;
    return count;
  }

  /** The oldest bar that waits for a leg, null when none does. */
  @Nullable Instant waitingSince() {
    return waiting.isEmpty() ? null : waiting.firstKey();
  }
}
