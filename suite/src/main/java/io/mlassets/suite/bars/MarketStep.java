package io.mlassets.suite.bars;

import io.mlassets.market.Bar;
import java.time.Instant;
import java.util.List;

/**
 * All bars that start at one moment and so become known together.
 *
 * @param ts UTC start
 * @param bars one per symbol that has one
 */
public record MarketStep(Instant ts, List<Bar> bars) {
  /** Keeps its own list. */
  public MarketStep {
    bars = List.copyOf(bars);
  }
}
