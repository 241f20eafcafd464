package io.mlassets.backtest;

import java.util.List;

/**
 * A full backtest.
 *
 * @param trades by entry time, then pair
 * @param metrics the figures
 * @param series profit per bar time
 */
public record BacktestResult(
    List<BacktestTrade> trades, BacktestMetrics metrics, PnlSeries series) {

  /** Copies the list. */
  public BacktestResult {
    trades = List.copyOf(trades);
  }
}
