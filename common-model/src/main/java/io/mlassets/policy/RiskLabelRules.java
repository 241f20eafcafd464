package io.mlassets.policy;

/**
 * When the horizon after an entry counts as a risk event; any one rule suffices.
 *
 * @param drawdownThreshold drawdown of the trade as a fraction of gross notional, above which
 * @param volatilityRatio ratio of the horizon's true range to the window's, above which
 * @param correlationDrop change of the legs' correlation, at or below which; negative
 */
public record RiskLabelRules(
    double drawdownThreshold, double volatilityRatio, double correlationDrop) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public RiskLabelRules {
    if (!(drawdownThreshold > 0 && drawdownThreshold < 1)) {
      throw new IllegalArgumentException(
          "risk_label_dd_threshold %s is not in (0, 1)".formatted(drawdownThreshold));
    }
    if (!(volatilityRatio > 0 && volatilityRatio < 100)) {
      throw new IllegalArgumentException(
          "risk_label_vol_ratio %s is not in (0, 100)".formatted(volatilityRatio));
    }
    if (!(correlationDrop >= -2 && correlationDrop < 0)) {
      throw new IllegalArgumentException(
          "risk_label_corr_drop %s is not in [-2, 0)".formatted(correlationDrop));
    }
  }
}
