package io.mlassets.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.SpreadState;
import io.mlassets.market.Pair;
import io.mlassets.policy.TradingRules;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Side;
import io.mlassets.testing.SamplePolicies;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-02")
@Tag("Q-04")
class DecisionRuleTest {
  private static final TradingRules RULES = new TradingRules(40, 2, 0.5, 5, 12);
  private static final DecisionRule RULE = new DecisionRule(SamplePolicies.core(RULES));
  private static final Thresholds THETA = new Thresholds(0.7, 0.3);
  private static final Position FLAT = new Position.Flat();

  private static SpreadState at(double z) {
    return new SpreadState(1 + 0.01 * z, 0, 1.2, 1, 0.01);
  }

  private static Decision decideFlat(double z, double returnProb, double riskScore) {
    return RULE.decide(FLAT, at(z), new Scores(returnProb, riskScore, 0.8), THETA);
  }

  @Test
  void a_likely_and_safe_divergence_is_entered_against_its_side() {
    assertThat(decideFlat(2.5, 0.71, 0.29))
        .isEqualTo(
            new Decision.Enter(
                Direction.SHORT_SPREAD, 0.8, false, "return_prob>theta1,risk_score<theta2"));
    assertThat(decideFlat(-2.5, 0.71, 0.29))
        .isInstanceOfSatisfying(
            Decision.Enter.class,
            enter -> assertThat(enter.direction()).isEqualTo(Direction.LONG_SPREAD));
  }

  @Test
  void a_return_prob_of_exactly_theta1_is_not_enough() {
    assertThat(decideFlat(2.5, 0.70, 0.1))
        .isEqualTo(new Decision.Hold(HoldReason.LOW_RETURN_PROB, false));
  }

  @Test
  void a_risk_score_of_exactly_theta2_is_refused_and_flagged() {
    assertThat(decideFlat(2.5, 0.9, 0.30)).isEqualTo(new Decision.Hold(HoldReason.HIGH_RISK, true));
  }

  @Test
  void a_low_return_prob_blocks_and_a_high_risk_still_flags() {
    assertThat(decideFlat(2.5, 0.1, 0.9))
        .isEqualTo(new Decision.Hold(HoldReason.LOW_RETURN_PROB, true));
  }

  @Test
  void a_divergence_too_small_or_already_at_the_stop_is_no_candidate() {
    for (double z : new double[] {0, 1.999, -1.999, 5.01, -6}) {
      assertThat(decideFlat(z, 1, 0))
          .as("z %s", z)
          .isEqualTo(new Decision.Hold(HoldReason.NO_CANDIDATE, false));
    }
  }

  @Test
  void an_open_position_is_judged_by_the_reference_of_its_entry() {
    Position.Open open = open(at(2.5), 3);
    SpreadState driftedReference = new SpreadState(1.025, 0, 1.2, 1.025, 0.01);
    assertThat(driftedReference.zScore()).isZero();
    assertThat(decideOpen(open, driftedReference))
        .isEqualTo(new Decision.Hold(HoldReason.IN_POSITION, false));
    assertThat(decideOpen(open, at(0.4))).isEqualTo(new Decision.Exit(ExitReason.REVERTED, false));
    assertThat(decideOpen(open, at(-3))).isEqualTo(new Decision.Exit(ExitReason.REVERTED, false));
    assertThat(decideOpen(open, at(5.1))).isEqualTo(new Decision.Exit(ExitReason.STOPPED, false));
  }

  @Test
  void the_time_barrier_closes_whatever_the_scores_say() {
    Position.Open young = open(at(2.5), 11);
    Position.Open old = open(at(2.5), 12);
    assertThat(decideOpen(young, at(2))).isInstanceOf(Decision.Hold.class);
    assertThat(decideOpen(old, at(2))).isEqualTo(new Decision.Exit(ExitReason.EXPIRED, false));
    assertThat(decideOpen(old, at(0))).isEqualTo(new Decision.Exit(ExitReason.REVERTED, false));
    assertThat(RULE.decide(old, at(2), new Scores(1, 1, 1), THETA))
        .isEqualTo(new Decision.Exit(ExitReason.EXPIRED, true));
  }

  @Test
  void the_risk_flag_cuts_the_scale_by_the_leverage_reduction_rate() {
    Scores scores = new Scores(0.9, 0.5, 0.8);
    assertThat(RULE.scaleInForce(scores, true)).isEqualTo(0.4);
    assertThat(RULE.scaleInForce(scores, false)).isEqualTo(0.8);
  }

  @Test
  void legs_are_hedged_and_closing_undoes_entering() {
    Pair pair = Pair.parse("XAUUSD/XAGUSD");
    assertThat(Legs.entering(pair, Direction.SHORT_SPREAD, 0.25))
        .containsExactly(new Leg(pair.a(), Side.SELL, 0.8), new Leg(pair.b(), Side.BUY, 0.2));
    assertThat(Legs.closing(pair, Direction.SHORT_SPREAD, 0.25))
        .containsExactly(new Leg(pair.a(), Side.BUY, 0.8), new Leg(pair.b(), Side.SELL, 0.2));
    assertThat(Legs.entering(pair, Direction.LONG_SPREAD, -0.25))
        .containsExactly(new Leg(pair.a(), Side.BUY, 0.8), new Leg(pair.b(), Side.BUY, 0.2));
  }

  private static Position.Open open(SpreadState entry, int barsHeld) {
    return new Position.Open(
        Direction.SHORT_SPREAD, Instant.parse("2024-01-01T00:00:00Z"), entry, barsHeld, 0.8);
  }

  private static Decision decideOpen(Position.Open open, SpreadState now) {
    return RULE.decide(open, now, new Scores(0.5, 0.1, 0.8), THETA);
  }
}
