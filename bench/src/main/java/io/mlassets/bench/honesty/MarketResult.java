package io.mlassets.bench.honesty;

import io.mlassets.backtest.Overfitting;

/**
 * What is kept of one market.
 *
 * @param adopted whether the candidate was
 * @param sharpe out of fold, annualised; 0 without trades
 * @param trials parameters and thresholds tried
 * @param effectiveTrials independent ones they are worth
 * @param leaks whether an honest feature was suspected
 */
record MarketResult(
    boolean adopted, double sharpe, int trials, double effectiveTrials, boolean leaks) {

  static MarketResult of(Judged judged) {
    Overfitting overfitting = judged.candidate().manifest().overfitting();
    Double sharpe = judged.candidate().backtest().metrics().sharpe();
    return new MarketResult(
        judged.adopted(),
        sharpe == null ? 0 : sharpe,
        overfitting.trials(),
        overfitting.effectiveTrials(),
        !judged.candidate().leaks().isEmpty());
  }
}
