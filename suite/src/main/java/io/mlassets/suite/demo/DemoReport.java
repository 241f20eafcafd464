package io.mlassets.suite.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.model.ModelType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demo found, as written by {@code --report}. Every number can be recomputed from PostgreSQL
 * and Redis.
 *
 * @param pairs the pairs' ids
 * @param bars bars loaded and replayed, of all symbols
 * @param modelVersion the version that decided the replay
 * @param verdict adopted, held or rejected
 * @param reasons why, with numbers
 * @param mode live or shadow
 * @param models AI1, AI2, AI3 with engine and out-of-fold quality
 * @param thresholds in force
 * @param backtest out of fold, after costs
 * @param signals counts
 * @param fills deals and refusals the Expert Advisor reported
 * @param liveTrades deals booked in {@code core.live_trades}
 * @param latencyMs bar in to signal received
 * @param durationS of each step, seconds
 */
public record DemoReport(
    List<String> pairs,
    long bars,
    @JsonProperty("model_version") String modelVersion,
    String verdict,
    List<String> reasons,
    String mode,
    Map<ModelType, ModelFigures> models,
    ThresholdsInForce thresholds,
    BacktestFigures backtest,
    SignalCounts signals,
    long fills,
    @JsonProperty("live_trades") long liveTrades,
    @JsonProperty("latency_ms") @Nullable Latencies latencyMs,
    @JsonProperty("duration_s") Durations durationS) {

  /** θ1 and θ2. */
  public record ThresholdsInForce(double theta1, double theta2) {}

  /** Row {@code oof} of {@code core.backtest_results}; the ratios are null without trades. */
  public record BacktestFigures(
      @Nullable Double sharpe,
      @JsonProperty("sharpe_low") @Nullable Double sharpeLow,
      @JsonProperty("sharpe_high") @Nullable Double sharpeHigh,
      @JsonProperty("t_stat") @Nullable Double tStat,
      @JsonProperty("win_rate") @Nullable Double winRate,
      @JsonProperty("mean_pnl") @Nullable Double meanPnl,
      @JsonProperty("max_drawdown") double maxDrawdown,
      long trades,
      @JsonProperty("no_trade_rate") @Nullable Double noTradeRate) {}

  /**
   * Signals by action, and how many were published and received.
   *
   * @param blocked entries the trading state or a limit stopped, such as one for a position that is
   *     open already
   */
  public record SignalCounts(
      long enter, long exit, long hold, long published, long received, long blocked) {}

  /** Seconds. */
  public record Durations(double load, double train, double replay, double total) {}
}
