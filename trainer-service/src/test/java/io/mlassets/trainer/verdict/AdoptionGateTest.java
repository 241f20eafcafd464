package io.mlassets.trainer.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.Period;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-03")
@Tag("Q-03")
class AdoptionGateTest {
  private static final Instant END = Instant.parse("2024-05-01T00:00:00Z");
  private static final ModelVersion CHAMPION = new ModelVersion("20240501_0300");

  private final AdoptionGate gate =
      new AdoptionGate(PolicyFiles.read(TestServers.configFolder()).retrain());

  @Test
  void without_champion_a_lower_bound_above_zero_is_adopted() {
    Verdict verdict = gate.judge(alone(1.5, 0.01), new Opposition.None());
    assertThat(verdict).isInstanceOf(Verdict.Adopted.class);
    assertThat(verdict.reasons()).singleElement().asString().contains("1.500").contains("0.010");
    assertThat(verdict.wire()).isEqualTo("adopted");
  }

  @Test
  void without_champion_a_lower_bound_at_or_below_zero_is_rejected_however_good_the_mean() {
    assertThat(gate.judge(alone(3.0, 0.0), new Opposition.None()))
        .isInstanceOf(Verdict.Rejected.class);
    assertThat(gate.judge(alone(3.0, -0.2), new Opposition.None()).reasons())
        .singleElement()
        .asString()
        .startsWith("sharpe_not_above_zero");
  }

  @Test
  void a_candidate_that_never_trades_or_too_rarely_is_rejected_however_lucky() {
    assertThat(gate.judge(new Figures(null, null, 0, 0.9, 0.9), new Opposition.None()).reasons())
        .singleElement()
        .asString()
        .startsWith("no_trades");
    assertThat(gate.judge(new Figures(4.0, 2.0, 29, 0.9, 0.9), new Opposition.None()).reasons())
        .singleElement()
        .asString()
        .startsWith("too_few_trades");
  }

  @Test
  void a_better_candidate_replaces_the_champion() {
    assertThat(against(figures(1.2, 0.61, 0.6), figures(1.0, 0.62, 0.6)))
        .isInstanceOf(Verdict.Adopted.class);
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
    assertThat(against(figures(1.0, 0.6, 0.6), figures(1.0, 0.6, 0.6)))
        .isInstanceOf(Verdict.Held.class);
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
    assertThat(gate.judge(alone(2, 1), new Opposition.NothingNew(CHAMPION, END)))
        .isInstanceOf(Verdict.Held.class);
    Verdict verdict = gate.judge(alone(2, 1), new Opposition.Unusable(CHAMPION, "truncated"));
    assertThat(verdict).isInstanceOf(Verdict.Adopted.class);
    assertThat(verdict.reasons().getFirst()).contains("truncated");
  }

  private Verdict against(Figures candidate, Figures champion) {
    Period period = new Period(END, END.plusSeconds(86_400));
    return gate.judge(
        alone(9, 9),
        new Opposition.Compared(new Comparison(CHAMPION, period, candidate, champion)));
  }

  private static Figures alone(double sharpe, double low) {
    return new Figures(sharpe, low, 100, null, null);
  }

  private static Figures figures(@Nullable Double sharpe, double returnAuc, double riskAuc) {
    return new Figures(sharpe, null, sharpe == null ? 0 : 50, returnAuc, riskAuc);
  }
}
