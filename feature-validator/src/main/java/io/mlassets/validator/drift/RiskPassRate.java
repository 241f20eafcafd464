package io.mlassets.validator.drift;

import io.mlassets.policy.Range;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Share of candidate entries that AI2 lets pass ({@code risk_score < θ2}) against the policy's
 * range.
 *
 * @param candidates candidate entries judged
 * @param passed of which AI2 let pass
 * @param rate their share; null without candidates
 * @param wanted the policy's range
 * @param verdict what it means
 */
public record RiskPassRate(
    int candidates, int passed, @Nullable Double rate, Range wanted, Verdict verdict) {

  /** What the share means. */
  public enum Verdict {
    /** Too few candidates to say. */
    TOO_FEW("too_few_candidates"),
    /** Within the policy's range. */
    WITHIN("within"),
    /** Below it: AI2 refuses nearly everything. */
    TOO_LOW("pass_rate_too_low"),
    /** Above it: AI2 hardly refuses anything. */
    TOO_HIGH("pass_rate_too_high"),
    /** Outside it at every θ2 the policy allows: no threshold can mend it. */
    UNREACHABLE("pass_rate_unreachable");

    private final String reason;

    Verdict(String reason) {
      this.reason = reason;
    }

    /** The machine-readable reason of tables and messages. */
    public String reason() {
      return reason;
    }

    /** Whether somebody should look at it. */
    public boolean isAlert() {
      return this == TOO_LOW || this == TOO_HIGH || this == UNREACHABLE;
    }
  }

  /**
   * Judges candidates.
   *
   * @param riskScores calibrated scores of the candidates, in [0, 1]
   * @param theta2 the threshold in force
   * @param wanted the policy's range of the share
   * @param theta2Range where the policy lets θ2 be
   * @param minCandidates fewer are not judged
   */
  public static RiskPassRate of(
      double[] riskScores, double theta2, Range wanted, Range theta2Range, int minCandidates) {
    int candidates = riskScores.length;
    int passed = below(riskScores, theta2);
    if (candidates == 0) {
      return new RiskPassRate(0, 0, null, wanted, Verdict.TOO_FEW);
    }
    double rate = (double) passed / candidates;
    Verdict verdict =
        candidates < minCandidates
            ? Verdict.TOO_FEW
            : verdict(rate, riskScores, wanted, theta2Range);
    return new RiskPassRate(candidates, passed, rate, wanted, verdict);
  }

  private static Verdict verdict(double rate, double[] scores, Range wanted, Range theta2Range) {
    if (wanted.contains(rate)) {
      return Verdict.WITHIN;
    }
    // The share grows with θ2, so the two ends of its range bound what can be reached.
    double least = (double) below(scores, theta2Range.low()) / scores.length;
    double most = (double) below(scores, theta2Range.high()) / scores.length;
    if (most < wanted.low() || least > wanted.high()) {
      return Verdict.UNREACHABLE;
    }
    return rate < wanted.low() ? Verdict.TOO_LOW : Verdict.TOO_HIGH;
  }

  private static int below(double[] scores, double theta2) {
    return (int) Arrays.stream(scores).filter(score -> score < theta2).count();
  }
}
