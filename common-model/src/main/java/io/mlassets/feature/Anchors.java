package io.mlassets.feature;

import io.mlassets.market.BarInterval;
import java.time.Instant;

/**
 * Says at which bars rolling statistics are recomputed from scratch: at the first bar of every
 * block of {@code blockBars} bar lengths of absolute time. Since a block holds at most that many
 * bars, whatever is computed between two anchors depends on a bounded past only, and on the same
 * past in every process, however many bars sessions and holidays left out.
 */
final class Anchors {
  private final long blockSeconds;
  private long lastBlock = Long.MIN_VALUE;

  Anchors(BarInterval interval, int blockBars) {
    this.blockSeconds = interval.length().toSeconds() * blockBars;
  }

  /** Whether the bar starts a block; false for the very first bar, whose predecessor is unknown. */
  boolean next(Instant ts) {
    long block = Math.floorDiv(ts.getEpochSecond(), blockSeconds);
    boolean anchor = lastBlock != Long.MIN_VALUE && block != lastBlock;
    lastBlock = block;
    return anchor;
  }
}
