package io.mlassets.trainer.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.backtest.BacktestMetrics;
import org.jspecify.annotations.Nullable;

/** Wire form of {@link BacktestMetrics}; see there for units. */
public record BacktestFigures(
    @JsonProperty("sharpe") @Nullable Double sharpe,
    @JsonProperty("sharpe_low") @Nullable Double sharpeLow,
    @JsonProperty("sharpe_high") @Nullable Double sharpeHigh,
    @JsonProperty("t_stat") @Nullable Double tStat,
    @JsonProperty("win_rate") @Nullable Double winRate,
    @JsonProperty("mean_pnl") @Nullable Double meanPnl,
    @JsonProperty("max_drawdown") double maxDrawdown,
    @JsonProperty("trades") int trades,
    @JsonProperty("no_trade_rate") @Nullable Double noTradeRate,
    @JsonProperty("bars_per_year") double barsPerYear) {

  /** The wire form. */
  public static BacktestFigures of(BacktestMetrics metrics) {
    return new BacktestFigures(
        metrics.sharpe(),
        metrics.sharpeLow(),
        metrics.sharpeHigh(),
        metrics.tStat(),
        metrics.winRate(),
        metrics.meanPnl(),
        metrics.maxDrawdown(),
        metrics.trades(),
        metrics.noTradeRate(),
        metrics.barsPerYear());
  }
}
