package io.mlassets.trainer.pipeline;

import io.mlassets.trainer.dataset.TrainingSet;

/**
 * Blocks of calendar time, four label horizons long, shared by all pairs: rows whose labels
 * overlap, of one pair or of several, mostly share a block.
 */
public final class TimeBlocks {
  private static final int HORIZONS = 4;

  private TimeBlocks() {}

  /** The block of every row. */
  public static long[] of(TrainingSet set, int holdingBars) {
    long seconds = HORIZONS * holdingBars * set.interval().length().toSeconds();
    return set.samples().stream()
        .mapToLong(sample -> Math.floorDiv(sample.label().ts().getEpochSecond(), seconds))
        .toArray();
  }
}
