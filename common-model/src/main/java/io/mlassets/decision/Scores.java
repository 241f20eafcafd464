package io.mlassets.decision;

/**
 * What the three models say of one bar.
 *
 * @param returnProb AI1: calibrated probability that the divergence closes, in [0, 1]
 * @param riskScore AI2: calibrated probability of a risk event, in [0, 1]
 * @param positionScale AI3: size as a share of the full position, in [0, 1]
 */
public record Scores(double returnProb, double riskScore, double positionScale) {

  /**
   * Of a bar whose features are missing: no model is asked about nothing. Nothing is expected, all
   * is risk, and nothing is entered.
   */
  public static final Scores NOT_ASKED = new Scores(0, 1, 0);

  /** Refuses values outside [0, 1] with {@link IllegalArgumentException}. */
  public Scores {
    requireShare("return_prob", returnProb);
    requireShare("risk_score", riskScore);
    requireShare("position_scale", positionScale);
  }

  private static void requireShare(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("%s %s is not in [0, 1]".formatted(key, value));
    }
  }
}
