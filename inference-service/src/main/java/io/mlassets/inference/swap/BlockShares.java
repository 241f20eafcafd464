package io.mlassets.inference.swap;

import io.mlassets.model.ModelType;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many of a block's outputs were outside of the range seen in validation.
 *
 * @param block number of the block
 * @param outputs outputs of each model
 * @param outside those outside
 */
record BlockShares(long block, Map<ModelType, Long> outputs, Map<ModelType, Long> outside) {

  BlockShares {
    outputs = new EnumMap<>(outputs);
    outside = new EnumMap<>(outside);
  }

  /** Share outside, 0 without outputs. */
  double of(ModelType type) {
    long all = outputs.getOrDefault(type, 0L);
    return all == 0 ? 0 : (double) outside.getOrDefault(type, 0L) / all;
  }
}
