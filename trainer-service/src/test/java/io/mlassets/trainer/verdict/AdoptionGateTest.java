package io.mlassets.trainer.verdict;

import static io.mlassets.trainer.verdict.SampleEvidence.SOUND;
import static io.mlassets.trainer.verdict.SampleEvidence.evidence;
import static io.mlassets.trainer.verdict.SampleEvidence.figures;
import static io.mlassets.trainer.verdict.SampleEvidence.metrics;
import static io.mlassets.trainer.verdict.SampleEvidence.overfitting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mlassets.backtest.Overfitting;
import io.mlassets.backtest.SharpeEstimate;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.trainer.validation.LeakCheck;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-03")
@Tag("Q-03")
class AdoptionGateTest {
  private static final Instant END = Instant.parse("2024-05-01T00:00:00Z");
  private static final ModelVersion CHAMPION = new ModelVersion("20240501_0300");

  private final AdoptionGate gate = new AdoptionGate(SampleEvidence.rules());

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
            "thresholds_keep_earning",
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
    for (Double none : new Double[] {0.51, null}) {
      Verdict verdict = judge(evidence(1.5, 0.1, 100, overfitting(0.99, none, List.of(1.0), 2.0)));
      assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
      assertThat(verdict.checks())
          .filteredOn(check -> !check.passed())
          .extracting(Check::rule, Check::policyKey)
          .containsExactly(
              tuple("thresholds_overfitted", "adoption_pbo_max"),
              tuple("thresholds_stop_earning", "adoption_loss_probability_max"));
      assertThat(verdict.reasons()).allMatch(reason -> reason.contains("neither does"));
    }
  }

  @Test
  void of_ranks_that_hold_and_thresholds_that_keep_earning_one_is_enough_and_both_are_told() {
    assertThat(cscv(0.9, 0.1))
        .containsExactly(
            tuple("thresholds_interchangeable", 0.9, 0.5, "adoption_pbo_max"),
            tuple("thresholds_keep_earning", 0.1, 0.1, "adoption_loss_probability_max"));
    assertThat(cscv(0.5, 0.11))
        .containsExactly(
            tuple("thresholds_not_overfitted", 0.5, 0.5, "adoption_pbo_max"),
            tuple("thresholds_may_stop_earning", 0.11, 0.1, "adoption_loss_probability_max"));
  }

  private List<Tuple> cscv(double pbo, double loss) {
    Verdict verdict =
        judge(evidence(1.5, 0.1, 100, overfitting(0.99, pbo, loss, List.of(1.0), 2.0)));
    assertThat(verdict).isInstanceOf(Verdict.Adopted.class);
    return verdict.checks().stream()
        .filter(check -> check.rule().startsWith("thresholds"))
        .peek(check -> assertThat(check.text()).contains("one does"))
        .map(check -> tuple(check.rule(), check.value(), check.limit(), check.policyKey()))
        .toList();
  }

  @Test
  void trials_of_earlier_runs_on_these_bars_can_make_luck_of_a_sound_result() {
    SharpeEstimate shown = new SharpeEstimate(1.5 / Math.sqrt(6_000), 18_000, 0, 3);
    Overfitting own =
        new Overfitting(
            700,
            0.5,
            350.5,
            0.2,
            0.3,
            0.57,
            1.5,
            0.96,
            0.9,
            0.1,
            0.1,
            List.of(1.0),
            3.0,
            2.0,
            shown);
    assertThat(judge(evidence(1.5, 0.1, 100, own))).isInstanceOf(Verdict.Adopted.class);

    Evidence again = new Evidence(metrics(1.5, 0.1, 100), own, List.of(), 14_000);
    Verdict verdict = judge(again);

    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(verdict.reasons())
        .singleElement()
        .asString()
        .startsWith("luck_of_many_trials")
        .contains("700 trials of this run and 14000 of earlier ones on these bars")
        .contains("worth 7350.500 independent ones")
        .contains("0.960 with this run's alone");
    Check check = verdict.checks().stream().filter(c -> !c.passed()).findFirst().orElseThrow();
    assertThat(check.value()).isEqualTo(again.judged().deflatedSharpe()).isLessThan(0.95);
  }

  @Test
  void every_check_names_its_policy_key() {
    Evidence sound = evidence(1.5, 0.01, 100, SOUND);
    Figures idle = figures(null, 0.6, 0.6);
    Figures good = figures(1.5, 0.6, 0.6);
    for (Opposition opposition :
        List.of(
            new Opposition.None(),
            new Opposition.NothingNew(CHAMPION, END),
            new Opposition.OtherPairs(CHAMPION, List.of(Pair.parse("AAA-BBB"))),
            new Opposition.Recorded(CHAMPION, "truncated", idle, good),
            new Opposition.Recorded(CHAMPION, "truncated", good, idle))) {
      assertThat(gate.judge(sound, opposition, List.of()).checks())
          .allMatch(check -> check.policyKey().startsWith("adoption_"));
    }
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

  private Verdict judge(Evidence evidence) {
    return gate.judge(evidence, new Opposition.None(), List.of());
  }

  private String reason(Overfitting overfitting) {
    Verdict verdict = judge(evidence(1.5, 0.1, 100, overfitting));
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(verdict.reasons()).hasSize(1);
    return verdict.reasons().getFirst();
  }
}
