package io.mlassets.backtest;

import org.jspecify.annotations.Nullable;

/**
 * What one pair of thresholds would have earned over some folds.
 *
 * @param sharpe annualised Sharpe ratio after costs; null without trades
 * @param trades number of trades
 * @param passRate share of candidate entries with {@code risk_score < θ2}; null without any
 * @param meanPnl mean profit per bar time after costs
 * @param years length of the folds
 */
public record CellFigures(
    @Nullable Double sharpe, int trades, @Nullable Double passRate, double meanPnl, double years) {

  /** Of an annualised Sharpe ratio near zero. */
  public double standardError() {
    return 1 / Math.sqrt(years);
  }
}
