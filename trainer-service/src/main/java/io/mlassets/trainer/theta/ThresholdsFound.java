package io.mlassets.trainer.theta;

import io.mlassets.backtest.Cscv;
import org.jspecify.annotations.Nullable;

/**
 * What a search for thresholds came to.
 *
 * @param nested the choices
 * @param surface every cell looked at for the choice on all folds
 * @param trials thresholds tried in all choices together
 * @param meanCorrelation average correlation between two of their profits
 * @param sharpeVariance variance of their per-bar Sharpe ratios
 * @param cscv overfitting and loss over all of them; null when fewer than two trade
 */
public record ThresholdsFound(
    NestedThresholds nested,
    ThetaSurface surface,
    int trials,
    double meanCorrelation,
    double sharpeVariance,
    Cscv.@Nullable Result cscv) {}
