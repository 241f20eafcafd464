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
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import io.mlassets.trainer.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-04")
class ThresholdSearchTest {
  private static final CorePolicy POLICY = SamplePolicies.core(SamplePolicies.QUICK);
  private static final List<PairBar> BARS = SampleMarket.bars(6_000, 21);

  private static Backtest backtest(double scoresKnow) {
    SplittableRandom random = new SplittableRandom(5);
    List<ScoredView> scored = new ArrayList<>();
    for (MarketView view : SampleMarket.views(BARS, SamplePolicies.QUICK)) {
      if (DecisionRule.isCandidate(view.spread(), SamplePolicies.QUICK)) {
        double known = scoresKnow * (Math.abs(view.spread().zScore()) - 2.3) / 2;
        double prob = Math.clamp(0.7 + known + 0.1 * random.nextGaussian(), 0, 1);
        scored.add(new ScoredView(view, new Scores(prob, random.nextDouble(), 1)));
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

  private static ThresholdsFound search(int threads) {
    try (Workers workers = new Workers(threads)) {
      return new ThresholdSearch(POLICY, backtest(0.3), folds(), workers, 7).search();
    }
  }

  @Test
  void one_thread_and_three_find_the_same_to_the_last_bit() {
    assertThat(search(3)).isEqualTo(search(1));
  }

  @Test
  void every_choice_refines_the_grid_and_every_cell_looked_at_is_counted() {
    ThresholdsFound found = search(2);
    int grid = POLICY.thetaSearch().grid().size();
    int refinements = POLICY.thetaSearch().refinements();
    assertThat(found.trials()).isEqualTo(grid + 6 * refinements);
    assertThat(found.surface().gridCells()).isEqualTo(grid);
    assertThat(found.surface().cells()).hasSize(grid + refinements);
    assertThat(found.surface().cells().stream().map(ThetaSurface.Cell::thresholds).distinct())
        .hasSize(grid + refinements);
    assertThat(found.nested().perFold()).hasSize(5);
    assertThat(found.meanCorrelation()).isBetween(0.0, 1.0);
    assertThat(found.cscv()).isNotNull();
  }

  @Test
  void a_fold_is_judged_by_thresholds_that_its_own_bars_could_not_change() {
    ThresholdsFound found = search(2);
    for (int k = 0; k < 5; k++) {
      Thresholds used = found.nested().at(folds().get(k).from());
      assertThat(used).isEqualTo(found.nested().perFold().get(k));
    }
    assertThat(found.nested().at(BARS.getFirst().ts().minusSeconds(1)))
        .isEqualTo(found.nested().live().thresholds());
  }
}
