package io.mlassets.decision;

import io.mlassets.policy.TradingRules;
import org.jspecify.annotations.Nullable;

/** The three barriers of a trade, the one definition labels, backtest and live decisions share. */
public final class Barriers {
  private Barriers() {}

  /**
   * The barrier reached at a close, or null. Reversion counts before the time barrier.
   *
   * @param direction side of the trade
   * @param frozenZ z-score of the close, measured with the entry's reference
   * @param barsHeld bars since the entry decision
   * @param rules the policy's bounds
   */
  public static @Nullable ExitReason reached(
      Direction direction, double frozenZ, int barsHeld, TradingRules rules) {
    double divergence = -direction.sign() * frozenZ;
    if (divergence <= rules.exitZ()) {
      return ExitReason.REVERTED;
    }
    if (divergence >= rules.stopZ()) {
      return ExitReason.STOPPED;
    }
    return barsHeld >= rules.holdingBars() ? ExitReason.EXPIRED : null;
  }
}
