package io.mlassets.trainer.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.trainer.engine.EngineChoice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/retrain}; everything may be left out.
 *
 * @param pairs {@code A-B} or {@code A/B}; default those of the model in force
 * @param interval ISO-8601 length of the bars; default that of the model in force
 * @param from first bar start, UTC, included; default all
 * @param to end of bar starts, UTC, excluded; default all
 * @param seed default the policy's
 * @param trials parameter trials per engine and model; default the policy's
 * @param engine {@code lightgbm}, {@code xgboost} or {@code both}; default both
 * @param featureSchema hash of the feature schema to train on: this build's own, or one whose
 *     vectors the data pipeline made; default what the model in force was trained on
 */
public record RetrainBody(
    @JsonProperty("pairs") @Nullable List<Pair> pairs,
    @JsonProperty("interval") @Nullable BarInterval interval,
    @JsonProperty("from") @Nullable Instant from,
    @JsonProperty("to") @Nullable Instant to,
    @JsonProperty("seed") @Nullable Long seed,
    @JsonProperty("trials") @Nullable Integer trials,
    @JsonProperty("engine") @Nullable EngineChoice engine,
    @JsonProperty("feature_schema") @Nullable String featureSchema) {

  static RetrainBody empty() {
    return new RetrainBody(null, null, null, null, null, null, null, null);
  }
}
