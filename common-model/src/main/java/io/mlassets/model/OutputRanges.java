package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.market.BarInterval;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ranges of the three models' outputs on candidate bars in purged cross-validation.
 *
 * @param blockBars length of a block of time in bars, at least 1; blocks begin at multiples of it
 *     since 1970-01-01T00:00Z
 * @param models the range of each model
 */
public record OutputRanges(
    @JsonProperty("block_bars") int blockBars,
    @JsonProperty("models") SortedMap<ModelType, OutputRange> models) {

  /** Copies; refuses what is missing with {@link IllegalArgumentException}. */
  public OutputRanges {
    if (blockBars < 1 || models.size() != ModelType.values().length) {
      throw new IllegalArgumentException(
          "output ranges of %s in blocks of %d bars".formatted(models.keySet(), blockBars));
    }
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  /** The range of {@code type}. */
  public OutputRange of(ModelType type) {
    OutputRange range = models.get(type);
    if (range == null) {
      throw new IllegalStateException("the constructor lets none pass without " + type);
    }
    return range;
  }

  /** Length of a block in seconds. */
  public static long blockSeconds(int blockBars, BarInterval interval) {
    return blockBars * interval.length().toSeconds();
  }

  /** Number of the block a bar lies in. */
  public static long blockOf(Instant barTs, int blockBars, BarInterval interval) {
    return Math.floorDiv(barTs.getEpochSecond(), blockSeconds(blockBars, interval));
  }
}
