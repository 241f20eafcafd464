package io.mlassets.trainer.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.Period;
import io.mlassets.decision.Thresholds;
import io.mlassets.testing.SamplePolicies;
import io.mlassets.trainer.theta.NestedThresholds;
import io.mlassets.trainer.theta.ThresholdChoice;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wanted are a pass rate of 0.05 to 0.40 and a no-trade rate of 0.05 to 0.95. */
class RemarksTest {
  private static final Remarks REMARKS = new Remarks(SamplePolicies.core(SamplePolicies.QUICK));

  @Test
  @Tag("E-02")
  void a_no_trade_rate_out_of_its_range_is_remarked_on_both_sides() {
    NestedThresholds sound = thresholds(true, true);
    assertThat(REMARKS.of(sound, 0.5)).isEmpty();
    assertThat(REMARKS.of(sound, null)).isEmpty();
    assertThat(REMARKS.of(sound, 0.04))
        .containsExactly(
            "no_trade_rate_out_of_range: AI2 refused 0.040 of the entries AI1 wanted, wanted is"
                + " [0.05, 0.95]");
    assertThat(REMARKS.of(sound, 0.97)).singleElement().asString().contains("0.970");
    Verdict verdict = new Verdict.Rejected(List.of(), REMARKS.of(sound, 0.97));
    assertThat(verdict.reasons()).singleElement().asString().startsWith("no_trade_rate_out_of");
  }

  @Test
  @Tag("V-04")
  void an_unreachable_pass_rate_is_remarked_for_live_use_and_for_each_fold() {
    assertThat(REMARKS.of(thresholds(false, true), 0.5))
        .singleElement()
        .asString()
        .startsWith("pass_rate_unreachable: no theta2 in [0.2, 0.45]")
        .contains("0.700 do at theta2 0.3");
    assertThat(REMARKS.of(thresholds(true, false), 0.5))
        .singleElement()
        .asString()
        .startsWith("pass_rate_unreachable: fold 2 is judged by theta2 0.3")
        .contains("0.700");
  }

  private static NestedThresholds thresholds(boolean live, boolean secondFold) {
    Instant from = Instant.parse("2025-01-01T00:00:00Z");
    return new NestedThresholds(
        List.of(
            new Period(from, from.plusSeconds(60)),
            new Period(from.plusSeconds(60), from.plusSeconds(120))),
        List.of(choice(true), choice(secondFold)),
        choice(live));
  }

  private static ThresholdChoice choice(boolean reachable) {
    return new ThresholdChoice(new Thresholds(0.7, 0.3), reachable, reachable ? 0.2 : 0.7);
  }
}
