package io.mlassets.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How θ1 and θ2 stood in the retraining that chose them.
 *
 * @param trials pairs of thresholds tried
 * @param sharpe annualised Sharpe ratio of the pair chosen over all folds, after costs: the best of
 *     the trials, so flattered; null without trades
 * @param passRate share of candidate entries with {@code risk_score < θ2}
 * @param passRateReachable whether any θ2 of the range lets the policy's share pass
 * @param pbo probability of backtest overfitting over all pairs; null when fewer than two trade
 * @param lossProbability share of halves of the time whose best pair does not earn in the other;
 *     null when the former is
 */
public record ThetaEvaluation(
    @JsonProperty("trials") int trials,
    @JsonProperty("sharpe") @Nullable Double sharpe,
    @JsonProperty("pass_rate") double passRate,
    @JsonProperty("pass_rate_reachable") boolean passRateReachable,
    @JsonProperty("pbo") @Nullable Double pbo,
    @JsonProperty("loss_probability") @Nullable Double lossProbability) {}
