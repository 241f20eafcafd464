package io.mlassets.validator.drift;

import io.mlassets.drift.WinRateGap;
import org.jspecify.annotations.Nullable;

/**
 * How a model's closed live trades compare with its backtest.
 *
 * @param trades closed round trips
 * @param wins of which earned more than they cost
 * @param liveWinRate their share; null without trades
 * @param backtestWinRate win rate of the backtest; null when it had no trades or is not stored
 * @param gap the judgement; null when one of the two rates is missing
 */
record ModelFinding(
    int trades,
    int wins,
    @Nullable Double liveWinRate,
    @Nullable Double backtestWinRate,
    @Nullable WinRateGap gap) {

  boolean drifted() {
    return gap != null && gap.drifted();
  }
}
