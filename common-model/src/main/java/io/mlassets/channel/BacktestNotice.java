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
import org.jspecify.annotations.Nullable;

/**
 * Tells the backtest layer on channel {@code backtest} of a new model and its parameter set. The
 * figures behind it are the rows of this version in {@code core.backtest_results} and {@code
 * core.backtest_trades}.
 *
 * @param modelVersion the new version
 * @param modelScope its scope
 * @param contentSha256 hash of what training determined
 * @param verdict {@code adopted}, {@code held} or {@code rejected}
 * @param reasons why, each with its numbers
 * @param pairs pairs it decides for
 * @param interval length of the bars
 * @param seed of everything random in the training
 * @param thresholds θ1 and θ2
 * @param theta how they stood
 * @param models engine, parameters, calibration and metrics of each model
 * @param sharpe annualised, out of fold, after costs; null without trades, as the next three
 * @param sharpeLow lower end of its bootstrap interval
 * @param winRate share of trades with profit after costs
 * @param meanPnl mean profit per trade after costs, fraction of one full position
 * @param maxDrawdown largest fall of the cumulated profit from its peak, same unit
 * @param trades number of out-of-fold trades
 * @param noTradeRate share of candidate entries refused for their risk; null without any
 * @param deflatedSharpe probability that the ratio is more than the luck of every trial made on
 *     these bars, earlier runs' too; null without trades
 * @param at when, UTC
 */
public record BacktestNotice(
    @JsonProperty("model_version") ModelVersion modelVersion,
    @JsonProperty("model_scope") String modelScope,
    @JsonProperty("content_sha256") String contentSha256,
    @JsonProperty("verdict") String verdict,
    @JsonProperty("reasons") List<String> reasons,
    @JsonProperty("pairs") List<Pair> pairs,
    @JsonProperty("interval") BarInterval interval,
    @JsonProperty("seed") long seed,
    @JsonProperty("thresholds") Thresholds thresholds,
    @JsonProperty("theta") ThetaEvaluation theta,
    @JsonProperty("models") SortedMap<ModelType, ModelEntry> models,
    @JsonProperty("sharpe") @Nullable Double sharpe,
    @JsonProperty("sharpe_low") @Nullable Double sharpeLow,
    @JsonProperty("win_rate") @Nullable Double winRate,
    @JsonProperty("mean_pnl") @Nullable Double meanPnl,
    @JsonProperty("max_drawdown") double maxDrawdown,
    @JsonProperty("trades") int trades,
    @JsonProperty("no_trade_rate") @Nullable Double noTradeRate,
    @JsonProperty("deflated_sharpe") @Nullable Double deflatedSharpe,
    @JsonProperty("at") Instant at) {

  /** Copies the lists. */
  public BacktestNotice {
    reasons = List.copyOf(reasons);
    pairs = List.copyOf(pairs);
  }
}
