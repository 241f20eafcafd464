package io.mlassets.trainer.retune;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Thresholds;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-04")
class JudgeThresholdsTest {
  private static final Policies POLICIES = PolicyFiles.read(TestServers.configFolder());
  private static final Thresholds OLD = new Thresholds(0.7, 0.3);
  private static final Thresholds NEW = new Thresholds(0.75, 0.28);

  private static ThetaVerdict judge(
      int bars,
      double passRate,
      ThetaEvidence.@Nullable Found found,
      ThetaEvidence.@Nullable Restoring restoring) {
    return new JudgeThresholds(POLICIES)
        .judge(
            new ThetaEvidence(
                Instant.parse("2026-01-01T00:00:00Z"),
                bars,
                960,
                600,
                passRate,
                new ThetaEvidence.Shown(OLD, 0.4, 80),
                found,
                restoring));
  }

  private static ThetaEvidence.Found found(
      Thresholds thresholds, int trades, int otherTrades, double low) {
    return new ThetaEvidence.Found(
        new ThetaEvidence.Shown(thresholds, 1.9, trades),
        0.2,
        true,
        700,
        new ThetaEvidence.Gain(1.5, low, 2.4, otherTrades));
  }

  private static ThetaEvidence.Restoring restoring(double high) {
    return new ThetaEvidence.Restoring(
        new ThetaEvidence.Shown(new Thresholds(0.7, 0.35), 0.3, 90),
        0.06,
        new ThetaEvidence.Gain(-0.1, -0.5, high, 40));
  }

  private static void assertHeld(ThetaVerdict verdict, String... rules) {
    assertThat(verdict).isInstanceOf(ThetaVerdict.Held.class);
    assertThat(verdict.reasons()).hasSize(rules.length);
    for (int i = 0; i < rules.length; i++) {
      assertThat(verdict.reasons().get(i)).startsWith(rules[i] + ": ");
    }
  }

  @Test
  void better_thresholds_on_enough_trades_beyond_luck_are_adopted_with_every_check_as_reason() {
    ThetaVerdict verdict = judge(960, 0.2, found(NEW, 30, 30, 0.01), null);
    assertThat(verdict)
        .isInstanceOfSatisfying(
            ThetaVerdict.Adopted.class, adopted -> assertThat(adopted.next()).isEqualTo(NEW));
    assertThat(verdict.reasons())
        .hasSize(5)
        .anySatisfy(
            reason -> assertThat(reason).startsWith("earns_more: Sharpe 1.900 against 0.400"));
  }

  @Test
  void each_missing_proof_alone_holds_the_thresholds_in_force_and_is_named() {
    String within = "pass_rate_within_range";
    assertHeld(judge(959, 0.2, found(NEW, 30, 30, 0.01), null), "too_few_unseen_bars", within);
    assertHeld(judge(960, 0.2, found(OLD, 30, 30, 0.01), null), "same_thresholds", within);
    assertHeld(judge(960, 0.2, found(NEW, 29, 30, 0.01), null), "too_few_trades", within);
    assertHeld(judge(960, 0.2, found(NEW, 30, 29, 0.01), null), "too_few_other_trades", within);
    assertHeld(judge(960, 0.2, found(NEW, 30, 30, 0), null), "may_be_luck", within);
    assertHeld(judge(20, 0.2, null, null), "too_few_unseen_bars", within);
  }

  @Test
  @Tag("V-04")
  void a_pass_rate_out_of_range_is_restored_unless_that_earns_significantly_less() {
    ThetaEvidence.Found luck = found(NEW, 30, 30, -0.2);
    ThetaVerdict verdict = judge(960, 0.02, luck, restoring(0));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            ThetaVerdict.Adopted.class,
            adopted -> assertThat(adopted.next()).isEqualTo(new Thresholds(0.7, 0.35)));
    assertThat(verdict.reasons().getFirst()).startsWith("pass_rate_left_range: 0.020 of 600");
    assertThat(judge(20, 0.5, null, restoring(0.3))).isInstanceOf(ThetaVerdict.Adopted.class);
    assertHeld(judge(960, 0.02, luck, restoring(-0.01)), "may_be_luck", "earns_less");
    assertHeld(judge(960, 0.02, luck, null), "may_be_luck", "pass_rate_unreachable");
  }
}
