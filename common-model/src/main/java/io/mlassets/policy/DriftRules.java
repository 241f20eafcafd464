package io.mlassets.policy;

/**
 * When live data or results have left what was trained on.
 *
 * @param psiThreshold population stability index, beyond what the sample size explains
 * @param meanShiftThreshold shift of the mean in training standard deviations
 * @param minRows live rows below which nothing is judged
 * @param winRateGapMax gap between live and backtest win rate
 * @param winRateMinTrades trades below which the gap is not judged
 * @param riskWatch how AI2's hold on live entries is watched
 */
public record DriftRules(
    double psiThreshold,
    double meanShiftThreshold,
    int minRows,
    double winRateGapMax,
    int winRateMinTrades,
    RiskWatchRules riskWatch) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public DriftRules {
    if (!(psiThreshold > 0) || !(meanShiftThreshold > 0)) {
      throw new IllegalArgumentException(
          "drift_psi_threshold %s and drift_mean_shift_threshold %s must be positive"
              .formatted(psiThreshold, meanShiftThreshold));
    }
    if (!(winRateGapMax > 0 && winRateGapMax < 1)) {
      throw new IllegalArgumentException(
          "win_rate_gap_max %s is not in (0, 1)".formatted(winRateGapMax));
    }
    if (minRows < 1 || winRateMinTrades < 1) {
      throw new IllegalArgumentException(
          "drift_min_rows %d and win_rate_min_trades %d must be at least 1"
              .formatted(minRows, winRateMinTrades));
    }
  }
}
