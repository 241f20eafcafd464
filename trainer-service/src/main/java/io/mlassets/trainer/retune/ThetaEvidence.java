package io.mlassets.trainer.retune;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.decision.Thresholds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that re-tuning is judged by; Sharpe ratios are annualised and after costs.
 *
 * @param seenTo UTC start of the last bar the model was trained on
 * @param bars bar times after it
 * @param barsNeeded fewer are not searched
 * @param candidates candidate entries on them
 * @param passRate share of these with {@code risk_score < θ2}; null without any
 * @param inForce the thresholds in force on these bars
 * @param found what the search chose; null when there were too few bars to search
 * @param restoring the nearest θ2 that brings the pass rate back into the policy's range; null when
 *     there is no need, or none does
 */
record ThetaEvidence(
    @JsonProperty("seen_to") Instant seenTo,
    @JsonProperty("bars") int bars,
    @JsonProperty("bars_needed") int barsNeeded,
    @JsonProperty("candidates") int candidates,
    @JsonProperty("pass_rate") @Nullable Double passRate,
    @JsonProperty("in_force") Shown inForce,
    @JsonProperty("found") @Nullable Found found,
    @JsonProperty("restoring") @Nullable Restoring restoring) {

  /**
   * What thresholds came to.
   *
   * @param thresholds which
   * @param sharpe null without trades
   * @param trades number of trades
   */
  record Shown(
      @JsonProperty("thresholds") Thresholds thresholds,
      @JsonProperty("sharpe") @Nullable Double sharpe,
      @JsonProperty("trades") int trades) {}

  /**
   * By how much one Sharpe ratio is above that of the thresholds in force, over the same bars.
   *
   * @param difference of the two ratios
   * @param low lower end of its interval at the policy's confidence, one-sided
   * @param high upper end
   * @param otherTrades trades only one of the two made: all the difference comes from them
   */
  record Gain(
      @JsonProperty("difference") double difference,
      @JsonProperty("low") double low,
      @JsonProperty("high") double high,
      @JsonProperty("other_trades") int otherTrades) {}

  /**
   * What the search came to.
   *
   * @param nested ratio and trades of thresholds chosen outside the block they are judged on; its
   *     thresholds are those chosen on all blocks, to be put in force
   * @param passRate share of candidates that pass at these
   * @param reachable whether any θ2 lets a wanted share pass
   * @param trials thresholds looked at
   * @param gain of the nested ones
   */
  record Found(
      @JsonProperty("nested") Shown nested,
      @JsonProperty("pass_rate") double passRate,
      @JsonProperty("pass_rate_reachable") boolean reachable,
      @JsonProperty("trials") int trials,
      @JsonProperty("gain") Gain gain) {}

  /**
   * The pass rate brought back.
   *
   * @param shown thresholds with their ratio and trades; nothing was chosen by profit
   * @param passRate share of candidates that pass
   * @param gain against the thresholds in force
   */
  record Restoring(
      @JsonProperty("shown") Shown shown,
      @JsonProperty("pass_rate") double passRate,
      @JsonProperty("gain") Gain gain) {}
}
