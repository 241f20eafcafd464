package io.mlassets.inference.parity;

import io.mlassets.market.PairBar;
import io.mlassets.parity.BarsSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A bar that is not in the table as it was live.
 *
 * @param ts UTC start of the bar
 * @param how what is the matter with it
 */
record DifferingBar(Instant ts, How how) {

  /** What is the matter. */
  enum How {
    /** The table has other values. */
    CHANGED,
    /** Decided on live, not in the table. */
    MISSING,
    /** In the table, not decided on live although bars before it were: it came late. */
    LATE
  }

  /**
   * The bars that differ, oldest first; none when all that were decided on are the same, and the
   * difference lies in the history before them.
   *
   * @param table bars of the table
   * @param live digests of the bars decided on within their time
   */
  static List<DifferingBar> among(List<PairBar> table, Map<Instant, Long> live) {
    TreeMap<Instant, Long> stored = new TreeMap<>();
    table.forEach(bar -> stored.put(bar.ts(), BarsSeen.of(List.of(bar)).newest()));
    TreeMap<Instant, Long> decided = new TreeMap<>(live);
    if (decided.isEmpty()) {
      return List.of();
    }
    List<DifferingBar> differing = new ArrayList<>();
    TreeSet<Instant> all = new TreeSet<>(decided.keySet());
    all.addAll(stored.tailMap(decided.firstKey()).keySet());
    for (Instant ts : all) {
      Long was = decided.get(ts);
      Long is = stored.get(ts);
      if (was == null) {
        differing.add(new DifferingBar(ts, How.LATE));
      } else if (is == null) {
        differing.add(new DifferingBar(ts, How.MISSING));
      } else if (!was.equals(is)) {
        differing.add(new DifferingBar(ts, How.CHANGED));
      }
    }
    return differing;
  }
}
