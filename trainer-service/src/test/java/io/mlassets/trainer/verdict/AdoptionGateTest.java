package io.mlassets.trainer.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Overfitting;
import io.mlassets.backtest.Period;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.trainer.validation.LeakCheck;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-03")
@Tag("Q-03")
class AdoptionGateTest {
  private static final Instant END = Instant.parse("2024-05-01T00:00:00Z");
  private static final ModelVersion CHAMPION = new ModelVersion("20240501_0300");
  private static final Overfitting SOUND = overfitting(0.99, 0.1, List.of(1.0, 1.2, 0.8), 2.0);

  private final AdoptionGate gate =
      new AdoptionGate(PolicyFiles.read(TestServers.configFolder()).retrain().adoption());

  @Test
  void without_champion_a_candidate_that_passes_every_rule_is_adopted_and_each_is_named() {
    Verdict verdict = judge(evidence(1.5, 0.01, 100, SOUND));
    assertThat(verdict).isInstanceOf(Verdict.Adopted.class);
    assertThat(verdict.wire()).isEqualTo("adopted");
    assertThat(verdict.checks())
        .extracting(Check::rule)
        .containsExactly(
            "no_leak",
            "enough_trades",
            "sharpe_above_zero",
            "record_long_enough",
            "not_luck_of_many_trials",
            "thresholds_not_overfitted",
            "paths_earn");
    assertThat(verdict.reasons()).anyMatch(r -> r.contains("1.500") && r.contains("0.010"));
  }

  @Test
  void a_lower_bound_at_or_below_zero_is_rejected_however_good_the_mean() {
    assertThat(judge(evidence(3.0, 0.0, 100, SOUND))).isInstanceOf(Verdict.Rejected.class);
    assertThat(judge(evidence(3.0, -0.2, 100, SOUND)).reasons())
        .singleElement()
        .asString()
        .startsWith("sharpe_not_above_zero");
  }

  @Test
  void a_candidate_that_never_trades_or_too_rarely_is_rejected_however_lucky() {
    assertThat(judge(evidence(null, null, 0, SOUND)).reasons())
        .singleElement()
        .asString()
        .startsWith("no_trades");
    assertThat(judge(evidence(4.0, 2.0, 29, SOUND)).reasons())
        .singleElement()
        .asString()
        .startsWith("too_few_trades");
  }

  @Test
  void what_the_best_of_so_many_trials_would_show_by_luck_is_rejected() {
    Overfitting lucky = overfitting(0.949, 0.1, List.of(1.0), 2.0);
    Verdict verdict = judge(evidence(1.5, 0.1, 100, lucky));
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(verdict.reasons()).singleElement().asString().startsWith("luck_of_many_trials");
    Check check = verdict.checks().stream().filter(c -> !c.passed()).findFirst().orElseThrow();
    assertThat(check.value()).isEqualTo(0.949);
    assertThat(check.limit()).isEqualTo(0.95);
    assertThat(check.policyKey()).isEqualTo("adoption_deflated_sharpe_min");
  }

  @Test
  void thresholds_that_do_not_hold_in_the_other_half_of_the_time_are_rejected() {
    assertThat(reason(overfitting(0.99, 0.51, List.of(1.0), 2.0)))
        .startsWith("thresholds_overfitted");
    assertThat(reason(overfitting(0.99, null, List.of(1.0), 2.0)))
        .startsWith("thresholds_overfitted");
  }

  @Test
  void thresholds_that_all_earn_may_change_ranks() {
    Overfitting alike =
        new Overfitting(700, 0.9, 71, 0.4, 1.2, 1.5, 0.99, 0.9, 0.1, List.of(1.0), 3.0, 2.0);
    assertThat(judge(evidence(1.5, 0.1, 100, alike))).isInstanceOf(Verdict.Adopted.class);
  }

  @Test
  void paths_that_lose_are_rejected() {
    assertThat(reason(overfitting(0.99, 0.1, List.of(1.0, -0.1, 0.0), 2.0)))
        .startsWith("paths_lose")
        .contains("0.667 of 3");
    assertThat(reason(overfitting(0.99, 0.1, List.of(), 2.0))).startsWith("paths_lose");
  }

  @Test
  void a_record_too_short_for_its_sharpe_ratio_is_rejected() {
    assertThat(reason(overfitting(0.99, 0.1, List.of(1.0), 3.1))).startsWith("record_too_short");
    assertThat(reason(overfitting(0.99, 0.1, List.of(1.0), null))).startsWith("record_too_short");
  }

  @Test
  void a_feature_that_knows_the_next_bar_is_refused_by_name() {
    Evidence leaking =
        new Evidence(
            metrics(9.0, 8.0, 500),
            SOUND,
            List.of(
                new LeakCheck.Leak("tomorrow", "the spread's next move", "all pairs", 0.97, 0.1)));
    Verdict verdict = judge(leaking);
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(verdict.reasons())
        .singleElement()
        .asString()
        .startsWith("leak_suspected: tomorrow explains 0.970");
  }

  @Test
  void a_better_candidate_replaces_the_champion_if_it_stands_alone_too() {
    assertThat(against(figures(1.2, 0.61, 0.6), figures(1.0, 0.62, 0.6)))
        .isInstanceOf(Verdict.Adopted.class);
    Period period = new Period(END, END.plusSeconds(86_400));
    Opposition worse =
        new Opposition.Compared(
            new Comparison(CHAMPION, period, figures(-0.5, 0.6, 0.6), figures(-1.0, 0.6, 0.6)));
    assertThat(gate.judge(evidence(-0.5, -0.9, 100, SOUND), worse, List.of()))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void a_sharpe_below_nine_tenths_of_the_champions_is_rejected() {
    assertThat(against(figures(0.89, 0.6, 0.6), figures(1.0, 0.6, 0.6)))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void a_sharpe_between_nine_tenths_and_the_champions_is_no_improvement_and_held() {
    assertThat(against(figures(0.91, 0.6, 0.6), figures(1.0, 0.6, 0.6)))
        .isInstanceOf(Verdict.Held.class);
    Verdict same = against(figures(1.0, 0.6, 0.6), figures(1.0, 0.6, 0.6));
    assertThat(same).isInstanceOf(Verdict.Held.class);
    assertThat(same.reasons()).singleElement().asString().startsWith("no_improvement");
  }

  @Test
  void against_a_losing_champion_only_a_lower_sharpe_is_rejected() {
    assertThat(against(figures(-1.1, 0.6, 0.6), figures(-1.0, 0.6, 0.6)))
        .isInstanceOf(Verdict.Rejected.class);
    assertThat(against(figures(-0.9, 0.6, 0.6), figures(-1.0, 0.6, 0.6)))
        .isInstanceOf(Verdict.Adopted.class);
  }

  @Test
  void an_auc_two_points_lower_is_rejected_whatever_the_sharpe() {
    Verdict verdict = against(figures(2.0, 0.60, 0.6), figures(1.0, 0.63, 0.6));
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(verdict.reasons()).singleElement().asString().startsWith("auc_fell: AI1");
    assertThat(against(figures(2.0, 0.6, 0.55), figures(1.0, 0.6, 0.60)).reasons())
        .singleElement()
        .asString()
        .startsWith("auc_fell: AI2");
  }

  @Test
  void a_champion_that_did_not_trade_counts_as_zero() {
    assertThat(against(figures(0.1, 0.6, 0.6), figures(null, 0.6, 0.6)))
        .isInstanceOf(Verdict.Adopted.class);
    assertThat(against(figures(-0.1, 0.6, 0.6), figures(null, 0.6, 0.6)))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void without_new_bars_the_candidate_is_held_and_a_broken_champion_does_not_protect_itself() {
    Evidence sound = evidence(2.0, 1.0, 100, SOUND);
    assertThat(gate.judge(sound, new Opposition.NothingNew(CHAMPION, END), List.of()))
        .isInstanceOf(Verdict.Held.class);
    Verdict verdict =
        gate.judge(sound, new Opposition.Unusable(CHAMPION, "truncated"), List.of("a remark"));
    assertThat(verdict).isInstanceOf(Verdict.Adopted.class);
    assertThat(verdict.reasons()).contains("a remark").anyMatch(r -> r.contains("truncated"));
  }

  private Verdict judge(Evidence evidence) {
    return gate.judge(evidence, new Opposition.None(), List.of());
  }

  private String reason(Overfitting overfitting) {
    Verdict verdict = judge(evidence(1.5, 0.1, 100, overfitting));
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(verdict.reasons()).hasSize(1);
    return verdict.reasons().getFirst();
  }

  private Verdict against(Figures candidate, Figures champion) {
    Period period = new Period(END, END.plusSeconds(86_400));
    return gate.judge(
        evidence(9.0, 9.0, 100, SOUND),
        new Opposition.Compared(new Comparison(CHAMPION, period, candidate, champion)),
        List.of());
  }

  private static Evidence evidence(
      @Nullable Double sharpe, @Nullable Double low, int trades, Overfitting overfitting) {
    return new Evidence(metrics(sharpe, low, trades), overfitting, List.of());
  }

  private static BacktestMetrics metrics(
      @Nullable Double sharpe, @Nullable Double low, int trades) {
    return new BacktestMetrics(sharpe, low, null, null, 0.6, 0.01, 0.1, trades, 0.5, 6_000);
  }

  /** Over a record of three years. */
  private static Overfitting overfitting(
      @Nullable Double deflated, @Nullable Double pbo, List<Double> paths, @Nullable Double needs) {
    return new Overfitting(700, 0.5, 350.5, 0.4, 1.2, 1.5, deflated, pbo, pbo, paths, 3.0, needs);
  }

  private static Figures figures(@Nullable Double sharpe, double returnAuc, double riskAuc) {
    return new Figures(sharpe, null, sharpe == null ? 0 : 50, returnAuc, riskAuc);
  }
}
