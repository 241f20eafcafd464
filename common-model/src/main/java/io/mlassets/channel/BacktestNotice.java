package io.mlassets.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelEntry;
import io.mlassets.model.ModelType;
import io.mlassets.model.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * Tells the backtest layer on channel {@code backtest} of a new model and its parameter set. The
 * figures behind it are the rows of this version in {@code core.backtest_results} and {@code
 * core.backtest_trades}.
 *
 * @param modelVersion the new version
 * @param modelScope its scope
 * @param contentSha256 hash of what training determined
 * @param verdict {@code adopted}, {@code held} or {@code rejected}
 * @param pairs pairs it decides for
 * @param interval length of the bars
 * @param thresholds θ1 and θ2
 * @param models engine, parameters, calibration and metrics of each model
 * @param sharpe annualised, after costs; null without trades
 * @param trades number of out-of-fold trades
 * @param at when, UTC
 */
public record BacktestNotice(
    @JsonProperty("model_version") ModelVersion modelVersion,
    @JsonProperty("model_scope") String modelScope,
    @JsonProperty("content_sha256") String contentSha256,
    @JsonProperty("verdict") String verdict,
    @JsonProperty("pairs") List<Pair> pairs,
    @JsonProperty("interval") BarInterval interval,
    @JsonProperty("thresholds") Thresholds thresholds,
    @JsonProperty("models") SortedMap<ModelType, ModelEntry> models,
    @JsonProperty("sharpe") @org.jspecify.annotations.Nullable Double sharpe,
    @JsonProperty("trades") int trades,
    @JsonProperty("at") Instant at) {}
