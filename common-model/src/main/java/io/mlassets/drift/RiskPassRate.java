package io.mlassets.drift;

import com.fasterxml.jackson.annotation.JsonValue;
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
    @JsonValue
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
    return of(
        new Passed(
            riskScores.length,
            passed(riskScores, theta2),
            passed(riskScores, theta2Range.low()),
            passed(riskScores, theta2Range.high())),
        wanted,
        minCandidates);
  }

  /**
   * Judges counted candidates.
   *
   * @param wanted the policy's range of the share
   * @param minCandidates fewer are not judged
   */
  public static RiskPassRate of(Passed counted, Range wanted, int minCandidates) {
    int candidates = counted.candidates();
    if (candidates == 0) {
      return new RiskPassRate(0, 0, null, wanted, Verdict.TOO_FEW);
    }
    double rate = (double) counted.passed() / candidates;
    Verdict verdict = candidates < minCandidates ? Verdict.TOO_FEW : verdict(rate, counted, wanted);
    return new RiskPassRate(candidates, counted.passed(), rate, wanted, verdict);
  }

  private static Verdict verdict(double rate, Passed counted, Range wanted) {
    if (wanted.contains(rate)) {
      return Verdict.WITHIN;
    }
    // The share grows with θ2, so the two ends of its range bound what can be reached.
    double least = (double) counted.atLowest() / counted.candidates();
    double most = (double) counted.atHighest() / counted.candidates();
    if (most < wanted.low() || least > wanted.high()) {
      return Verdict.UNREACHABLE;
    }
    return rate < wanted.low() ? Verdict.TOO_LOW : Verdict.TOO_HIGH;
  }

  /** Whether AI2 lets a candidate pass: its flag is the contrary. */
  public static boolean passes(double riskScore, double theta2) {
    return riskScore < theta2;
  }

  /** How many candidates AI2 lets pass. */
  public static int passed(double[] riskScores, double theta2) {
    return (int) Arrays.stream(riskScores).filter(score -> passes(score, theta2)).count();
  }

  /**
   * Candidates counted.
   *
   * @param candidates how many
   * @param passed of which AI2 let pass
   * @param atLowest of which it would have with the lowest θ2 the policy allows
   * @param atHighest of which it would have with the highest
   */
  public record Passed(int candidates, int passed, int atLowest, int atHighest) {
    /** None. */
    public static final Passed NONE = new Passed(0, 0, 0, 0);

    /** Both together. */
    public Passed plus(Passed other) {
      return new Passed(
          candidates + other.candidates,
          passed + other.passed,
          atLowest + other.atLowest,
          atHighest + other.atHighest);
    }
  }
}
