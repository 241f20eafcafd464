package io.mlassets.parity;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.Arrays;

/**
 * A live feature vector as it was recorded, whatever its values are.
 *
 * @param pair the pair
 * @param interval length of its bars
 * @param ts UTC start of the bar decided on
 * @param schemaHash schema of the values
 * @param values in its order
 * @param engine {@link EngineProbe} of the engine that made it
 * @param seen the bars it was made from
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its bits alone
public record RecordedVector(
    Pair pair,
    BarInterval interval,
    Instant ts,
    String schemaHash,
    double[] values,
    long engine,
    BarsSeen seen) {

  /** Copies the values. */
  public RecordedVector {
    values = values.clone();
  }

  /** The values; the caller's own. */
  @Override
  public double[] values() {
    return values.clone();
  }

  /** Whether this build makes vectors of that schema. */
  public boolean isOfThisSchema() {
    return schemaHash.equals(FeatureSchema.current().hash());
  }

  @Override
  public String toString() {
    return "%s %s %s %s".formatted(pair, interval, ts, Arrays.toString(values));
  }
}
