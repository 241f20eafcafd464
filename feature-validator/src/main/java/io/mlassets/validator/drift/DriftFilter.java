package io.mlassets.validator.drift;

import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which measurements are wanted; what is null does not restrict.
 *
 * @param modelVersion of this model
 * @param pair of this pair, or {@code all}
 * @param feature of this feature
 * @param from measured at or after, UTC
 * @param to measured before, UTC
 */
record DriftFilter(
    @Nullable String modelVersion,
    @Nullable String pair,
    @Nullable String feature,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** Refuses what can match nothing with {@link IllegalArgumentException}. */
  DriftFilter {
    if (modelVersion != null) {
      modelVersion = new ModelVersion(modelVersion).value();
    }
    if (pair != null && !pair.equals(DriftTables.ALL_PAIRS)) {
      pair = Pair.parse(pair).id();
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("from %s is not before to %s".formatted(from, to));
    }
  }

  /** Whether it asks for features only: results and risk control have no pair and no feature. */
  boolean featuresOnly() {
    return pair != null || feature != null;
  }
}
