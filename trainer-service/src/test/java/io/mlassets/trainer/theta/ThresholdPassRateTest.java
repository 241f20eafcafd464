package io.mlassets.trainer.theta;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.PairHistory;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.ScoredView;
import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.MarketView;
import io.mlassets.market.PairBar;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.Range;
import io.mlassets.policy.ThetaSearch;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import io.mlassets.trainer.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-04")
class ThresholdPassRateTest {
  private static final CorePolicy POLICY = SamplePolicies.core(SamplePolicies.QUICK);
  private static final List<PairBar> BARS = SampleMarket.bars(6_000, 21);

  private static Backtest backtest(
      double scoresKnow, ToDoubleFunction<SplittableRandom> riskScore) {
    SplittableRandom random = new SplittableRandom(5);
    List<ScoredView> scored = new ArrayList<>();
    for (MarketView view : SampleMarket.views(BARS, SamplePolicies.QUICK)) {
      if (DecisionRule.isCandidate(view.spread(), SamplePolicies.QUICK)) {
        double known = scoresKnow * (Math.abs(view.spread().zScore()) - 2.3) / 2;
        double prob = Math.clamp(0.7 + known + 0.1 * random.nextGaussian(), 0, 1);
        scored.add(new ScoredView(view, new Scores(prob, riskScore.applyAsDouble(random), 1)));
      }
    }
    return new Backtest(
        POLICY,
        List.of(
            new PairHistory(
                SampleMarket.PAIR,
                SampleMarket.instrument(SampleMarket.PAIR.a()),
                SampleMarket.instrument(SampleMarket.PAIR.b()),
                BARS,
                scored)));
  }

  private static List<Period> folds() {
    List<Period> folds = new ArrayList<>();
    Instant from = BARS.getFirst().ts();
    for (int k = 1; k <= 5; k++) {
      Instant to = k == 5 ? Instant.MAX : BARS.get(k * 1_200).ts();
      folds.add(new Period(from, to));
      from = to;
    }
    return folds;
  }

  private static ThresholdsFound search(CorePolicy policy, Backtest backtest) {
    try (Workers workers = new Workers(2)) {
      return new ThresholdSearch(policy, backtest, folds(), workers, 7).search();
    }
  }

  private static CorePolicy searching(ThetaSearch search) {
    return new CorePolicy(
        POLICY.initialThresholds(),
        search,
        POLICY.riskLabel(),
        POLICY.trading(),
        POLICY.leverageReductionRate(),
        POLICY.signalTtlBars(),
        POLICY.riskPassRate(),
        POLICY.noTradeRate());
  }

  @Test
  void refinements_lie_where_the_wanted_pass_rate_can_be_had() {
    // A share of 0.4 is reached at theta2 0.28, near the low end of the range.
    CorePolicy policy =
        searching(new ThetaSearch(new Range(0.6, 0.85), new Range(0.2, 0.9), 0.05, 40));
    ThresholdsFound found =
        search(policy, backtest(0.3, random -> Math.pow(random.nextDouble(), 1.4)));
    List<ThetaSurface.Cell> cells = found.surface().cells();
    assertThat(cells.subList(found.surface().gridCells(), cells.size()))
        .hasSize(40)
        .allSatisfy(cell -> assertThat(cell.thresholds().theta2()).isLessThan(0.30));
    assertThat(found.nested().live().passRateReachable()).isTrue();
    assertThat(found.nested().perFold()).allMatch(ThresholdChoice::passRateReachable);
  }

  @Test
  void where_nothing_may_trade_thresholds_of_a_wanted_pass_rate_are_taken() {
    // No probability is above 1, and the policy's own theta2 of 0.3 lets every candidate pass.
    CorePolicy policy = searching(new ThetaSearch(new Range(1, 1), new Range(0.2, 0.45), 0.01, 4));
    ThresholdsFound found =
        search(policy, backtest(0.3, random -> random.nextDouble() < 0.3 ? 0.22 : 0.29));
    ThresholdChoice live = found.nested().live();
    assertThat(live.passRateReachable()).isTrue();
    assertThat(live.passRate()).isBetween(0.05, 0.4);
    assertThat(live.thresholds()).isEqualTo(new Thresholds(1, 0.29));
  }

  @Test
  void every_choice_says_whether_its_own_pass_rate_is_as_wanted() {
    ThresholdsFound found = search(POLICY, backtest(0.3, random -> 0.1));
    assertThat(found.nested().live().passRateReachable()).isFalse();
    assertThat(found.nested().live().passRate()).isEqualTo(1);
    assertThat(found.nested().perFold())
        .hasSize(5)
        .noneMatch(ThresholdChoice::passRateReachable)
        .allMatch(choice -> choice.passRate() == 1);
  }
}
