package io.mlassets.backtest;

import io.mlassets.decision.Direction;
import io.mlassets.decision.ExitReason;
import io.mlassets.market.Pair;
import java.time.Instant;

/**
 * One trade of the backtest. Profits are fractions of one full position's gross notional, already
 * multiplied by {@code scale}.
 *
 * @param pair the pair
 * @param direction side of the spread
 * @param entryTs UTC start of the bar whose close decided the entry; executed at the next open
 * @param exitTs UTC start of the bar whose close decided the exit; executed at the next open
 * @param scale share of the full position, in [0, 1]
 * @param grossPnl profit before costs
 * @param cost spread, commission, slippage and swap of both legs, not negative
 * @param exitReason the barrier reached; {@code EXPIRED} also when the bars end
 */
public record BacktestTrade(
    Pair pair,
    Direction direction,
    Instant entryTs,
    Instant exitTs,
    double scale,
    double grossPnl,
    double cost,
    ExitReason exitReason) {

  /** Profit after costs. */
  public double netPnl() {
    return grossPnl - cost;
  }
}
