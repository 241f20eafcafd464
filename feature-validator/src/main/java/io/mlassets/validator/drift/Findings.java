package io.mlassets.validator.drift;

import io.mlassets.drift.RiskPassRate;
import io.mlassets.validator.ModelInUse;
import java.time.Instant;

/**
 * One measurement of everything about a model.
 *
 * @param model the model
 * @param at when, UTC
 * @param features its live features against its training sample
 * @param results its live trades against its backtest
 * @param risk what AI2 lets pass
 * @param noTrade what AI2 refuses of the entries AI1 wants
 */
record Findings(
    ModelInUse model,
    Instant at,
    FeatureFinding features,
    ModelFinding results,
    RiskPassRate risk,
    NoTradeRate noTrade) {}
