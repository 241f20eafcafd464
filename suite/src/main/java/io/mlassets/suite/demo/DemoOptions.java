package io.mlassets.suite.demo;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to demonstrate.
 *
 * @param bars folder of bar files; null for the simulated market
 * @param pairs the pairs; empty for all of the simulated market
 * @param interval length of a bar
 * @param history training bars per symbol of the simulated market
 * @param replay bar times replayed as live
 * @param speed bar times per second of the replay
 * @param exit whether to end after the summary
 * @param report where to write the report; null for nowhere
 * @param seed seed of the simulated market and of training
 * @param edge the simulated market's edge
 * @param trials search trials per engine and model; null for the policy's
 */
public record DemoOptions(
    @Nullable Path bars,
    List<Pair> pairs,
    BarInterval interval,
    int history,
    int replay,
    double speed,
    boolean exit,
    @Nullable Path report,
    long seed,
    double edge,
    @Nullable Integer trials) {

  private static final double MAX_SPEED = 50;

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public DemoOptions {
    pairs = List.copyOf(pairs);
    if (replay < 1 || replay > 100_000) {
      throw new IllegalArgumentException("--replay %d is not in [1, 100000]".formatted(replay));
    }
    if (!(speed > 0 && speed <= MAX_SPEED)) {
      throw new IllegalArgumentException(
          "--speed %s is not in (0, %s] bars per second".formatted(speed, MAX_SPEED));
    }
    if (bars != null && pairs.isEmpty()) {
      throw new IllegalArgumentException("--bars needs --pairs, such as XAUUSD/XAGUSD");
    }
    if (pairs.stream().distinct().count() != pairs.size()) {
      throw new IllegalArgumentException("--pairs names a pair twice: " + pairs);
    }
  }
}
