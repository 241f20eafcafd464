package io.mlassets.decision;

import io.mlassets.feature.FeatureVector;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelBundle;
import io.mlassets.policy.CorePolicy;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * From the features of one bar to a signal: scores, rule, legs. A function of its arguments and the
 * policy alone, so that a decision made again from what was recorded is the same, bit for bit; live
 * decisions and their replays both come from here.
 */
public final class DecideBar {
  private final CorePolicy policy;
  private final String policyHash;
  private final DecisionRule rule;

  /**
   * A decision.
   *
   * @param scores what the models said
   * @param decision what the rule made of them
   * @param signal the signal that tells it
   */
  public record Made(Scores scores, Decision decision, Signal signal) {}

  /**
   * By one policy.
   *
   * @param policyHash hash of the policies it is part of
   */
  public DecideBar(CorePolicy policy, String policyHash) {
    this.policy = policy;
    this.policyHash = policyHash;
    this.rule = new DecisionRule(policy);
  }

  /** Decides at the close of a bar. */
  public Made decide(
      ModelBundle bundle,
      SignalMode mode,
      BarInterval interval,
      FeatureVector features,
      DecisionState state) {
    return decide(bundle, mode, interval, features, scores(bundle, features), state);
  }

  /** What the models say of features; of missing ones none is asked. */
  public static Scores scores(ModelBundle bundle, FeatureVector features) {
    bundle.requireSchema(features.schema().hash());
    return features.isMissing() ? Scores.NOT_ASKED : bundle.score(features);
  }

  /**
   * The same, when the models were asked before.
   *
   * @param scores {@link #scores} of the bundle and the features
   */
  public Made decide(
      ModelBundle bundle,
      SignalMode mode,
      BarInterval interval,
      FeatureVector features,
      Scores scores,
      DecisionState state) {
    Decision decision =
        unlessStopped(
            ifKnown(
                rule.decide(state.position(), state.spread(), scores, state.thresholds()),
                features),
            state);
    Instant barTs = features.ts();
    Signal signal =
        new Signal(
            idOf(mode, features.pair(), interval, barTs),
            mode,
            features.pair(),
            interval,
            barTs,
            state.madeAt(),
            interval.endOf(barTs).plus(interval.length().multipliedBy(policy.signalTtlBars())),
            state.spread().zScore(),
            scores.returnProb(),
            scores.riskScore(),
            decision instanceof Decision.Enter enter
                ? enter.scale()
                : rule.scaleInForce(scores, decision.riskFlag()),
            actionOf(decision),
            legs(features.pair(), state, decision),
            decision.riskFlag(),
            state.thresholds(),
            bundle.version(),
            policyHash,
            policy.leverageReductionRate(),
            decision.reason());
    return new Made(scores, decision, signal);
  }

  /** By {@link Scores#NOT_ASKED} no candidate is entered; this says that nobody judged it. */
  private static Decision ifKnown(Decision decision, FeatureVector features) {
    return decision instanceof Decision.Hold hold
            && hold.holdReason() == HoldReason.LOW_RETURN_PROB
            && features.isMissing()
        ? new Decision.Hold(HoldReason.FEATURES_MISSING, hold.riskFlag())
        : decision;
  }

  private static Decision unlessStopped(Decision decision, DecisionState state) {
    return state.entriesStopped() && decision instanceof Decision.Enter
        ? new Decision.Hold(HoldReason.PAIR_STOPPED, decision.riskFlag())
        : decision;
  }

  /** One decision of one mode on one bar has one id, however often it is computed. */
  public static UUID idOf(SignalMode mode, Pair pair, BarInterval interval, Instant barTs) {
    String name = mode.wire() + "|" + pair.id() + "|" + interval.iso() + "|" + barTs;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static Action actionOf(Decision decision) {
    return switch (decision) {
      case Decision.Enter enter -> Action.ENTER;
      case Decision.Exit exit -> Action.EXIT;
      case Decision.Hold hold -> Action.HOLD;
    };
  }

  private static List<Leg> legs(Pair pair, DecisionState state, Decision decision) {
    return switch (decision) {
      case Decision.Hold hold -> List.of();
      case Decision.Enter enter -> Legs.entering(pair, enter.direction(), state.spread().beta());
      case Decision.Exit exit -> {
        if (!(state.position() instanceof Position.Open open)) {
          throw new IllegalStateException("exit of " + pair + " without a position");
        }
        Direction direction = open.direction();
        yield Legs.closing(pair, direction, open.entrySpread().beta());
      }
    };
  }
}
