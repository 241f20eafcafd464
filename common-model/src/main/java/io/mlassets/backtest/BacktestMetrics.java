package io.mlassets.backtest;

import org.jspecify.annotations.Nullable;

/**
 * What a backtest says. Without trades there is no ratio: those figures are null.
 *
 * @param sharpe annualised Sharpe ratio of the portfolio's profit per bar time, after costs
 * @param sharpeLow lower end of its bootstrap interval; null when not asked for. With few trades it
 *     is a figure and no proof: resampling a handful of lucky trades finds them lucky again
 * @param sharpeHigh upper end of its bootstrap interval; null when the lower is
 * @param tStat mean profit per bar time over its standard error (independent bars assumed)
 * @param winRate share of trades with positive profit after costs
 * @param meanPnl mean profit per trade after costs, fraction of one full position
 * @param maxDrawdown largest fall of the cumulated profit from its peak, same unit, not negative
 * @param trades number of trades
 * @param noTradeRate share of the entries AI1 wants ({@code return_prob > θ1}, flat) that AI2
 *     refuses ({@code risk_score >= θ2}); null without any
 * @param barsPerYear distinct bar times per year of 365.25 days, from the data
 */
public record BacktestMetrics(
    @Nullable Double sharpe,
    @Nullable Double sharpeLow,
    @Nullable Double sharpeHigh,
    @Nullable Double tStat,
    @Nullable Double winRate,
    @Nullable Double meanPnl,
    double maxDrawdown,
    int trades,
    @Nullable Double noTradeRate,
    double barsPerYear) {}
