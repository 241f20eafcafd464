package io.mlassets.testing;

import io.mlassets.decision.Thresholds;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.Range;
import io.mlassets.policy.RiskLabelRules;
import io.mlassets.policy.ThetaSearch;
import io.mlassets.policy.TradingRules;

/** Policies for tests; small windows keep them quick. */
public final class SamplePolicies {
  /** Small windows. */
  public static final TradingRules QUICK = new TradingRules(40, 2, 0, 5, 12);

  private SamplePolicies() {}

  /** The specification's values around the given trading rules. */
  public static CorePolicy core(TradingRules rules) {
    return core(rules, new RiskLabelRules(0.06, 1.8, -0.15));
  }

  /** The same with other risk rules. */
  public static CorePolicy core(TradingRules rules, RiskLabelRules risk) {
    return new CorePolicy(
        new Thresholds(0.7, 0.3),
        new ThetaSearch(new Range(0.6, 0.85), new Range(0.2, 0.45), 0.01, 4),
        risk,
        rules,
        0.5,
        1,
        new Range(0.05, 0.4),
        new Range(0.05, 0.95));
  }
}
