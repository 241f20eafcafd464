package io.mlassets.bench.honesty;

import io.mlassets.backtest.Overfitting;
import io.mlassets.policy.AdoptionRules;
import io.mlassets.trainer.verdict.Check;
import java.util.List;

/**
 * What is kept of one market.
 *
 * @param adopted whether the candidate was
 * @param trades out of fold
 * @param traded whether those were as many as adoption needs
 * @param sharpe out of fold, annualised; 0 without trades
 * @param trials parameters and thresholds tried
 * @param effectiveTrials independent ones they are worth
 * @param leaks whether an honest feature was suspected
 * @param refusedBy rules that failed, the two figures of overfitting as the one rule they make
 */
record MarketResult(
    boolean adopted,
    int trades,
    boolean traded,
    double sharpe,
    int trials,
    double effectiveTrials,
    boolean leaks,
    List<String> refusedBy) {

  private static final String SAME_AS_OVERFITTED = "thresholds_stop_earning";

  static MarketResult of(Judged judged, AdoptionRules rules) {
    Overfitting overfitting = judged.candidate().manifest().overfitting();
    Double sharpe = judged.candidate().backtest().metrics().sharpe();
    int trades = judged.candidate().backtest().metrics().trades();
    return new MarketResult(
        judged.adopted(),
        trades,
        trades >= rules.minTrades(),
        sharpe == null ? 0 : sharpe,
        overfitting.trials(),
        overfitting.effectiveTrials(),
        !judged.candidate().leaks().isEmpty(),
        judged.verdict().checks().stream()
            .filter(check -> !check.passed())
            .map(Check::rule)
            .filter(rule -> !rule.equals(SAME_AS_OVERFITTED))
            .toList());
  }
}
