package io.mlassets.policy;

import io.mlassets.decision.Thresholds;

/**
 * {@code config/core_policy.yaml}.
 *
 * @param initialThresholds thresholds before any were found
 * @param thetaSearch where thresholds are looked for
 * @param riskLabel the three risk rules
 * @param trading the shape of a trade
 * @param leverageReductionRate share by which size is cut when the risk flag is up, in [0, 1]
 * @param signalTtlBars bars after which an entry may no longer be executed, at least 1
 * @param riskPassRate wanted share of candidate entries with {@code risk_score < θ2}
 * @param noTradeRate wanted share, of the entries AI1 wants, that AI2 refuses
 */
public record CorePolicy(
    Thresholds initialThresholds,
    ThetaSearch thetaSearch,
    RiskLabelRules riskLabel,
    TradingRules trading,
    double leverageReductionRate,
    int signalTtlBars,
    Range riskPassRate,
    Range noTradeRate) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public CorePolicy {
    if (!(leverageReductionRate >= 0 && leverageReductionRate <= 1)) {
      throw new IllegalArgumentException(
          "leverage_reduction_rate %s is not in [0, 1]".formatted(leverageReductionRate));
    }
    if (signalTtlBars < 1 || signalTtlBars > 1_000) {
      throw new IllegalArgumentException(
          "signal_ttl_bars %d is not in [1, 1000]".formatted(signalTtlBars));
    }
  }
}
