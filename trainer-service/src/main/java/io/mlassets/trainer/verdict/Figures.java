package io.mlassets.trainer.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What one model set showed over some bars.
 *
 * @param sharpe annualised Sharpe ratio after costs; null without trades
 * @param sharpeLow its one-sided lower bound at the policy's confidence; null without trades or
 *     when not asked for
 * @param trades number of trades
 * @param returnAuc AUC of AI1 within folds; null when none of them holds both outcomes
 * @param riskAuc AUC of AI2 within folds; null likewise
 */
public record Figures(
    @Nullable Double sharpe,
    @Nullable Double sharpeLow,
    int trades,
    @Nullable Double returnAuc,
    @Nullable Double riskAuc) {}
