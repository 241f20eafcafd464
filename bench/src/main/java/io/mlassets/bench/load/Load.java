package io.mlassets.bench.load;

import java.time.Duration;

/**
 * One load.
 *
 * @param pairs that each bar completes
 * @param triples model triples, each a scope with an inference process, a dispatcher and streams of
 *     its own; pairs are shared out evenly
 * @param warmUp bars before any is measured
 * @param bars bars measured
 * @param pace least time between two bars; the next also waits until the one before is through
 */
record Load(int pairs, int triples, int warmUp, int bars, Duration pace) {

  Load {
    if (pairs < triples || triples < 1) {
      throw new IllegalArgumentException("%d pairs for %d triples".formatted(pairs, triples));
    }
  }

  /** Pairs the largest process decides on. */
  int perProcess() {
    return (pairs + triples - 1) / triples;
  }

  String name() {
    return "%d pairs, %d triple%s".formatted(pairs, triples, triples == 1 ? "" : "s");
  }
}
