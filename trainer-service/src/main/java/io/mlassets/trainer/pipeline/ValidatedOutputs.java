package io.mlassets.trainer.pipeline;

import io.mlassets.decision.Scores;
import io.mlassets.market.BarInterval;
import io.mlassets.model.ModelType;
import io.mlassets.model.OutputRange;
import io.mlassets.model.OutputRanges;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The ranges of what the models said of rows they were not trained on, calibrated as decisions are
 * made of it. Blocks are a quarter of a holding period: within that time the scores of a pair
 * hardly change, and a model that left its range is to be found within a holding period or so.
 */
final class ValidatedOutputs {
  private static final int BLOCKS_PER_HOLDING_PERIOD = 4;

  private ValidatedOutputs() {}

  static OutputRanges of(List<OutOfFold> scored, BarInterval interval, int holdingBars) {
    int blockBars = Math.max(1, holdingBars / BLOCKS_PER_HOLDING_PERIOD);
    long[] blockOf =
        scored.stream()
            .mapToLong(row -> OutputRanges.blockOf(row.sample().label().ts(), blockBars, interval))
            .toArray();
    TreeMap<ModelType, OutputRange> ranges = new TreeMap<>();
    ranges.put(ModelType.AI1, range(scored, Scores::returnProb, blockOf));
    ranges.put(ModelType.AI2, range(scored, Scores::riskScore, blockOf));
    ranges.put(ModelType.AI3, range(scored, Scores::positionScale, blockOf));
    return new OutputRanges(blockBars, ranges);
  }

  private static OutputRange range(
      List<OutOfFold> scored, ToDoubleFunction<Scores> output, long[] blockOf) {
    return OutputRange.of(
        scored.stream().mapToDouble(row -> output.applyAsDouble(row.scores())).toArray(), blockOf);
  }
}
