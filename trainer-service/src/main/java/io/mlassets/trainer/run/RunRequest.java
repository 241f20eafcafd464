package io.mlassets.trainer.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.trainer.dataset.DataRequest;
import io.mlassets.trainer.engine.EngineChoice;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to run a training again, {@code audit.retrain_runs.request}.
 *
 * @param pairs pairs, sorted
 * @param interval length of the bars
 * @param from first bar start, included; null for all
 * @param to end of bar starts, excluded; null for all
 * @param seed of everything random
 * @param trials parameter trials per engine and model, in [1, 10000]
 * @param engine the engines searched; both where it is missing, as in older rows
 * @param featureSchema hash of the data pipeline's schema whose vectors are trained on; null when
 *     the features are made here
 * @param reason why the run was asked for; null when nobody said
 */
public record RunRequest(
    @JsonProperty("pairs") List<Pair> pairs,
    @JsonProperty("interval") BarInterval interval,
    @JsonProperty("from") @Nullable Instant from,
    @JsonProperty("to") @Nullable Instant to,
    @JsonProperty("seed") long seed,
    @JsonProperty("trials") int trials,
    @JsonProperty("engine") EngineChoice engine,
    @JsonProperty("feature_schema") @Nullable String featureSchema,
    @JsonProperty("reason") @Nullable String reason) {

  /** Refuses what no run could be made of with {@link IllegalArgumentException}. */
  public RunRequest {
    DataRequest data = new DataRequest(pairs, interval, from, to, featureSchema);
    pairs = data.pairs();
    featureSchema = data.pipelineSchema();
    engine = Objects.requireNonNullElse(engine, EngineChoice.BOTH);
    if (trials < 1 || trials > 10_000) {
      throw new IllegalArgumentException("trials: %d is not in [1, 10000]".formatted(trials));
    }
  }

  /** The data wanted. */
  public DataRequest data() {
    return new DataRequest(pairs, interval, from, to, featureSchema);
  }
}
