package io.mlassets.backtest;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Trades of one pair or one stretch of time, in fractions of one full position's gross notional.
 *
 * @param of what they have in common
 * @param trades number of trades
 * @param winRate share with positive profit after costs; null without trades
 * @param grossPnl profit before costs
 * @param cost spread, commission, slippage and swap
 */
public record TradeSummary(
    String of, int trades, @Nullable Double winRate, double grossPnl, double cost) {

  /** Profit after costs. */
  public double netPnl() {
    return grossPnl - cost;
  }

  /** Profit per trade after costs; null without trades. */
  public @Nullable Double meanPnl() {
    return trades == 0 ? null : netPnl() / trades;
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

  /** All of some trades. */
  public static TradeSummary of(String key, List<BacktestTrade> trades) {
    long wins = trades.stream().filter(trade -> trade.netPnl() > 0).count();
    return new TradeSummary(
        key,
        trades.size(),
        trades.isEmpty() ? null : (double) wins / trades.size(),
        trades.stream().mapToDouble(BacktestTrade::grossPnl).sum(),
        trades.stream().mapToDouble(BacktestTrade::cost).sum());
  }
}
