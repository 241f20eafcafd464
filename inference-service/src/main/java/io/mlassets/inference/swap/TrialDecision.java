package io.mlassets.inference.swap;

import io.mlassets.decision.DecideBar;
import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.DecisionState;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureVector;
import io.mlassets.model.ModelBundle;
import io.mlassets.policy.TradingRules;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;

/**
 * What a model on trial would have decided on a bar.
 *
 * @param inForce the signal of the model in force on the same bar
 * @param candidate whether entries are considered at this close
 * @param scores what it says
 * @param action what it would do
 * @param reason why
 */
public record TrialDecision(
    Signal inForce, boolean candidate, Scores scores, Action action, String reason) {

  /**
   * Decides by the same features and on the same position as the model in force did.
   *
   * @param inForce what that came to
   * @param state what it was decided in
   * @throws RuntimeException whatever the bundle makes of these features
   */
  public static TrialDecision of(
      DecideBar decideBar,
      TradingRules rules,
      ModelBundle bundle,
      Thresholds thresholds,
      Signal inForce,
      FeatureVector features,
      DecisionState state) {
    DecisionState same =
        new DecisionState(
            state.madeAt(), thresholds, state.spread(), state.position(), state.entriesStopped());
    DecideBar.Made made =
        decideBar.decide(bundle, inForce.mode(), inForce.interval(), features, same);
    return new TrialDecision(
        inForce,
        DecisionRule.isCandidate(state.spread(), rules),
        made.scores(),
        made.signal().action(),
        made.signal().reason());
  }
}
