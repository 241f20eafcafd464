package io.mlassets.suite.bars;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which bars.
 *
 * @param folder folder of bar files; null for the simulated market
 * @param pairs the pairs; empty for the ten of the simulated market
 * @param interval length of a bar
 * @param history training bars per symbol of the simulated market
 * @param replay bar times at the end kept to be replayed
 * @param seed seed of the simulated market
 * @param edge the simulated market's edge
 */
public record MarketChoice(
    @Nullable Path folder,
    List<Pair> pairs,
    BarInterval interval,
    int history,
    int replay,
    long seed,
    double edge) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public MarketChoice {
    pairs = List.copyOf(pairs);
    if (history < 100 || history > 4_000_000) {
      throw new IllegalArgumentException(
          "--history %d is not in [100, 4000000]".formatted(history));
    }
    if (replay < 0 || replay > 100_000) {
      throw new IllegalArgumentException("--replay %d is not in [0, 100000]".formatted(replay));
    }
    if (folder != null && pairs.isEmpty()) {
      throw new IllegalArgumentException("--bars needs --pairs, such as XAUUSD/XAGUSD");
    }
    if (pairs.stream().distinct().count() != pairs.size()) {
      throw new IllegalArgumentException("--pairs names a pair twice: " + pairs);
    }
  }
}
