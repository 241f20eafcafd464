package io.mlassets.decision;

import io.mlassets.feature.SpreadState;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.TradingRules;

/**
 * Entry, exit or hold at the close of one bar; the same offline and live.
 *
 * <p>Flat: a candidate is {@code entry_z <= |z| < stop_z}; it is entered against the divergence if
 * {@code return_prob > θ1} and {@code risk_score < θ2}. Open: the close is measured with the β,
 * mean and deviation of the entry decision ({@link SpreadState#zScore(SpreadState)}), so that a
 * reversion is money earned and the exit is the one the label foresaw; a rolling z returns to zero
 * by itself because its mean follows the price. Exits do not depend on scores or thresholds.
 *
 * <p>An open position is never resized. While the risk flag is up, {@link #scaleInForce} cuts the
 * scale that signals carry by the leverage reduction rate; since a flagged candidate is refused,
 * the cut never meets an entry of this rule, it tells Expert Advisors to add nothing.
 */
public final class DecisionRule {
  private final CorePolicy policy;

  /** A rule by the policy's trading rules. */
  public DecisionRule(CorePolicy policy) {
    this.policy = policy;
  }

  /** What to do, given what is held and the state at this close. */
  public Decision decide(Position position, SpreadState now, Scores scores, Thresholds thresholds) {
    boolean flag = scores.riskScore() >= thresholds.theta2();
    return switch (position) {
      case Position.Flat() -> whenFlat(now, scores, thresholds, flag);
      case Position.Open open -> whenOpen(open, now, flag);
    };
  }

  /** Whether a flat book considers an entry at this state. */
  public static boolean isCandidate(SpreadState now, TradingRules rules) {
    return isCandidate(now.zScore(), rules);
  }

  /** Whether it does at this z-score. */
  public static boolean isCandidate(double zScore, TradingRules rules) {
    double distance = Math.abs(zScore);
    return distance >= rules.entryZ() && distance < rules.stopZ();
  }

  /** The position scale a signal carries: cut by the leverage reduction rate while flagged. */
  public double scaleInForce(Scores scores, boolean riskFlag) {
    return riskFlag
        ? scores.positionScale() * (1 - policy.leverageReductionRate())
        : scores.positionScale();
  }

  private Decision whenFlat(
      SpreadState now, Scores scores, Thresholds thresholds, boolean riskFlag) {
    if (!isCandidate(now, policy.trading())) {
      return new Decision.Hold(HoldReason.NO_CANDIDATE, riskFlag);
    }
    if (!(scores.returnProb() > thresholds.theta1())) {
      return new Decision.Hold(HoldReason.LOW_RETURN_PROB, riskFlag);
    }
    if (riskFlag) {
      return new Decision.Hold(HoldReason.HIGH_RISK, true);
    }
    return new Decision.Enter(
        Direction.against(now.zScore()),
        scaleInForce(scores, false),
        false,
        "return_prob>theta1,risk_score<theta2");
  }

  private Decision whenOpen(Position.Open open, SpreadState now, boolean riskFlag) {
    ExitReason reason =
        Barriers.reached(
            open.direction(), open.entrySpread().zScore(now), open.barsHeld(), policy.trading());
    return reason == null
        ? new Decision.Hold(HoldReason.IN_POSITION, riskFlag)
        : new Decision.Exit(reason, riskFlag);
  }
}
