package io.mlassets.backtest;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Trades of one pair or one year, in fractions of one full position's gross notional.
 *
 * @param of pair or year
 * @param trades number of trades
 * @param winRate share with positive profit after costs
 * @param grossPnl profit before costs
 * @param cost spread, commission, slippage and swap
 */
public record TradeSummary(String of, int trades, double winRate, double grossPnl, double cost) {

  /** Profit after costs. */
  public double netPnl() {
    return grossPnl - cost;
  }

  /** One summary per key, in the keys' order. */
  public static List<TradeSummary> by(
      List<BacktestTrade> trades, Function<BacktestTrade, String> key) {
    return trades.stream()
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(group -> of(group.getKey(), group.getValue()))
        .toList();
  }

  private static TradeSummary of(String key, List<BacktestTrade> trades) {
    long wins = trades.stream().filter(trade -> trade.netPnl() > 0).count();
    return new TradeSummary(
        key,
        trades.size(),
        (double) wins / trades.size(),
        trades.stream().mapToDouble(BacktestTrade::grossPnl).sum(),
        trades.stream().mapToDouble(BacktestTrade::cost).sum());
  }
}
