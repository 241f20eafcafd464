package io.mlassets.policy;

/**
 * What a candidate has to show before it may decide over money.
 *
 * @param confidence one-sided confidence that the Sharpe ratio is above zero, in (0.5, 1)
 * @param minTrades fewer trades out of fold prove nothing, at least 2
 * @param deflatedSharpeMin least deflated Sharpe ratio, a probability, in [0, 1)
 * @param pboMax largest probability of backtest overfitting, in [0, 1]
 * @param lossProbabilityMax probability of loss by CSCV up to which a larger one does not matter,
 *     in [0, 1]
 * @param pathLossMax largest share of combinatorial paths that lose, in [0, 1]
 * @param leakMax largest share of the next bar's move that one feature may explain, in (0, 1]
 * @param sharpeRatioMin least share of the champion's Sharpe ratio, in [0, 10]
 * @param improvementMin by how much more than the champion's Sharpe ratio is asked for, in [0, 10]
 * @param aucDropMax AUC loss from which a candidate is rejected, in [0, 1]
 */
public record AdoptionRules(
    double confidence,
    int minTrades,
    double deflatedSharpeMin,
    double pboMax,
    double lossProbabilityMax,
    double pathLossMax,
    double leakMax,
    double sharpeRatioMin,
    double improvementMin,
    double aucDropMax) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public AdoptionRules {
    require(confidence > 0.5 && confidence < 1, "adoption_confidence", confidence, "in (0.5, 1)");
    require(minTrades >= 2, "adoption_min_trades", minTrades, "at least 2");
    require(
        deflatedSharpeMin >= 0 && deflatedSharpeMin < 1,
        "adoption_deflated_sharpe_min",
        deflatedSharpeMin,
        "in [0, 1)");
    requireShare(pboMax, "adoption_pbo_max");
    requireShare(lossProbabilityMax, "adoption_loss_probability_max");
    requireShare(pathLossMax, "adoption_path_loss_max");
    require(leakMax > 0 && leakMax <= 1, "adoption_leak_max", leakMax, "in (0, 1]");
    require(
        sharpeRatioMin >= 0 && sharpeRatioMin <= 10,
        "adoption_sharpe_ratio_min",
        sharpeRatioMin,
        "in [0, 10]");
    require(
        improvementMin >= 0 && improvementMin <= 10,
        "adoption_improvement_min",
        improvementMin,
        "in [0, 10]");
    requireShare(aucDropMax, "adoption_auc_drop_max");
  }

  private static void requireShare(double value, String key) {
    require(value >= 0 && value <= 1, key, value, "in [0, 1]");
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s: %s is not %s".formatted(key, value, expected));
    }
  }
}
