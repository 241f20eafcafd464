package io.mlassets.trainer.dataset;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which data to train on.
 *
 * @param pairs at least one, no repeats
 * @param interval length of the bars
 * @param from first bar start, included; null for all there is
 * @param to end of bar starts, excluded; null for all there is
 * @param pipelineSchema hash of the schema whose vectors the data pipeline made; null when the
 *     features are made here, as they are of the schema of this build
 */
public record DataRequest(
    List<Pair> pairs,
    BarInterval interval,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String pipelineSchema) {

  /** Sorts the pairs; refuses none, repeats, an empty window and what is no hash. */
  public DataRequest {
    if (pipelineSchema != null && !pipelineSchema.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "feature_schema: '%s' is no schema hash, 64 hex digits".formatted(pipelineSchema));
    }
    if (FeatureSchema.current().hash().equals(pipelineSchema)) {
      pipelineSchema = null;
    }
    pairs = pairs.stream().sorted().toList();
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("pairs: at least one is needed");
    }
    if (pairs.stream().distinct().count() != pairs.size()) {
      throw new IllegalArgumentException("pairs: %s holds a pair twice".formatted(pairs));
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("from %s is not before to %s".formatted(from, to));
    }
  }

  /** The window in words. */
  public String window() {
    return "from %s to %s"
        .formatted(from == null ? "the first" : from, to == null ? "the last" : to);
  }
}
