package io.mlassets.trainer.verdict;

import static io.mlassets.trainer.verdict.SampleEvidence.SOUND;
import static io.mlassets.trainer.verdict.SampleEvidence.evidence;
import static io.mlassets.trainer.verdict.SampleEvidence.figures;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.Period;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.policy.AdoptionRules;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A candidate that stands alone against the model in force. */
@Tag("R-03")
@Tag("Q-03")
class ChampionRulesTest {
  private static final Instant END = Instant.parse("2024-05-01T00:00:00Z");
  private static final ModelVersion CHAMPION = new ModelVersion("20240501_0300");

  private final AdoptionGate gate = new AdoptionGate(SampleEvidence.rules());

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
  void an_improvement_has_to_be_larger_than_the_policy_asks_for() {
    AdoptionRules rules = SampleEvidence.rules();
    ChampionRules strict =
        new ChampionRules(
            new AdoptionRules(
                rules.confidence(),
                rules.minTrades(),
                rules.deflatedSharpeMin(),
                rules.pboMax(),
                rules.lossProbabilityMax(),
                rules.pathLossMax(),
                rules.leakMax(),
                rules.sharpeRatioMin(),
                0.25,
                rules.aucDropMax()));
    Figures champion = figures(1.0, 0.6, 0.6);
    assertThat(strict.improvement(figures(1.25, 0.6, 0.6), champion, "there").passed()).isFalse();
    Check more = strict.improvement(figures(1.26, 0.6, 0.6), champion, "there");
    assertThat(more.passed()).isTrue();
    assertThat(more.limit()).isEqualTo(1.25);
    assertThat(more.policyKey()).isEqualTo("adoption_improvement_min");
  }

  @Test
  void an_auc_that_cannot_be_compared_is_said_to_be() {
    Verdict verdict = against(new Figures(1.2, null, 50, null, 0.6), figures(1.0, 0.62, 0.6));
    assertThat(verdict).isInstanceOf(Verdict.Adopted.class);
    assertThat(verdict.remarks())
        .singleElement()
        .asString()
        .startsWith("auc_not_compared: AI1 has AUC none against 0.620");
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
  void without_new_bars_or_without_some_of_the_champions_pairs_the_candidate_is_held() {
    Evidence sound = evidence(2.0, 1.0, 100, SOUND);
    assertThat(gate.judge(sound, new Opposition.NothingNew(CHAMPION, END), List.of()))
        .isInstanceOf(Verdict.Held.class);
    Verdict verdict =
        gate.judge(
            sound, new Opposition.OtherPairs(CHAMPION, List.of(Pair.parse("AAA-BBB"))), List.of());
    assertThat(verdict).isInstanceOf(Verdict.Held.class);
    assertThat(verdict.reasons())
        .singleElement()
        .asString()
        .startsWith("champion_pairs_missing")
        .contains("AAA-BBB");
  }

  @Test
  void a_broken_champion_is_met_by_its_stored_figures_by_the_same_rules() {
    assertThat(onRecord(figures(1.2, 0.6, 0.6), figures(1.0, 0.6, 0.6)))
        .isInstanceOf(Verdict.Adopted.class);
    assertThat(onRecord(figures(1.0, 0.6, 0.6), figures(1.0, 0.6, 0.6)))
        .isInstanceOf(Verdict.Held.class);
    Verdict verdict = onRecord(figures(0.8, 0.6, 0.6), figures(1.0, 0.63, 0.6));
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(verdict.reasons())
        .anyMatch(reason -> reason.startsWith("sharpe_fell"))
        .anyMatch(reason -> reason.startsWith("auc_fell: AI1"))
        .anyMatch(reason -> reason.contains("truncated") && reason.contains("on other bars"));
  }

  @Test
  void a_broken_champion_nothing_is_known_of_does_not_protect_itself() {
    Verdict verdict =
        gate.judge(
            evidence(2.0, 1.0, 100, SOUND),
            new Opposition.Unknown(CHAMPION, "truncated"),
            List.of("a remark"));
    assertThat(verdict).isInstanceOf(Verdict.Adopted.class);
    assertThat(verdict.reasons()).contains("a remark").anyMatch(r -> r.contains("truncated"));
  }

  private Verdict onRecord(Figures candidate, Figures champion) {
    return gate.judge(
        evidence(9.0, 9.0, 100, SOUND),
        new Opposition.Recorded(CHAMPION, "truncated", candidate, champion),
        List.of());
  }

  private Verdict against(Figures candidate, Figures champion) {
    Period period = new Period(END, END.plusSeconds(86_400));
    return gate.judge(
        evidence(9.0, 9.0, 100, SOUND),
        new Opposition.Compared(new Comparison(CHAMPION, period, candidate, champion)),
        List.of());
  }
}
