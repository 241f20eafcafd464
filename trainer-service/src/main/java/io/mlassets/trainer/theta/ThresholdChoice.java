package io.mlassets.trainer.theta;

import io.mlassets.decision.Thresholds;

/**
 * Thresholds found on a grid.
 *
 * @param thresholds the cell chosen
 * @param passRateReachable whether the share of candidates with {@code risk_score < θ2} lies within
 *     the policy's range there; where any cell's does, the cell chosen is one of these
 * @param passRate that share at the cell chosen, in [0, 1]
 */
public record ThresholdChoice(Thresholds thresholds, boolean passRateReachable, double passRate) {}
