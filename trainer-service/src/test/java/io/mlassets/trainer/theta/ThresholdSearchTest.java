package io.mlassets.trainer.theta;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.PairHistory;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.ScoredView;
import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Scores;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.Bar;
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

  /** No fold is changed. */
  private static final int NONE = -1;

  private static Backtest backtest(int changedFold) {
    List<PairBar> bars = changedFold == NONE ? BARS : changed(folds().get(changedFold));
    return new Backtest(
        POLICY,
        List.of(
            new PairHistory(
                SampleMarket.PAIR,
                SampleMarket.instrument(SampleMarket.PAIR.a()),
                SampleMarket.instrument(SampleMarket.PAIR.b()),
                bars,
                scored(bars, changedFold))));
  }

  /** The bars with a random walk of the first leg within a period: its spread need not return. */
  private static List<PairBar> changed(Period period) {
    SplittableRandom random = new SplittableRandom(17);
    List<PairBar> changed = new ArrayList<>();
    double walk = 0;
    for (PairBar bar : BARS) {
      boolean within = period.contains(bar.ts());
      walk += within ? 0.01 * random.nextGaussian() : 0;
      changed.add(within ? new PairBar(bar.pair(), times(bar.a(), Math.exp(walk)), bar.b()) : bar);
    }
    return changed;
  }

  private static Bar times(Bar bar, double factor) {
    return new Bar(
        bar.symbol(),
        bar.interval(),
        bar.ts(),
        bar.open() * factor,
        bar.high() * factor,
        bar.low() * factor,
        bar.close() * factor,
        bar.volume());
  }

  /** As ever outside the changed fold; in it the views of its own bars, scored by hindsight. */
  private static List<ScoredView> scored(List<PairBar> bars, int changedFold) {
    List<ScoredView> scored = new ArrayList<>();
    for (int k = 0; k < folds().size(); k++) {
      SplittableRandom random = new SplittableRandom(k);
      Period period = folds().get(k);
      List<MarketView> views =
          SampleMarket.views(k == changedFold ? bars : BARS, SamplePolicies.QUICK);
      for (int i = 0; i < views.size(); i++) {
        MarketView view = views.get(i);
        if (period.contains(view.bar().ts())
            && DecisionRule.isCandidate(view.spread(), SamplePolicies.QUICK)) {
          double prob = k == changedFold ? hindsight(views, i) : guess(view, random);
          scored.add(new ScoredView(view, new Scores(prob, random.nextDouble(), 1)));
        }
      }
    }
    return scored;
  }

  private static double guess(MarketView view, SplittableRandom random) {
    double known = 0.15 * (Math.abs(view.spread().zScore()) - 2.3);
    return Math.clamp(0.7 + known + 0.1 * random.nextGaussian(), 0, 1);
  }

  /** High where the spread is nearer its mean a few bars on: only a high threshold earns. */
  private static double hindsight(List<MarketView> views, int at) {
    SpreadState entry = views.get(at).spread();
    SpreadState later = views.get(Math.min(at + 6, views.size() - 1)).spread();
    return Math.abs(entry.zScore(later)) < Math.abs(entry.zScore()) / 2 ? 0.84 : 0.65;
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
    return search(threads, NONE);
  }

  private static ThresholdsFound search(int threads, int changedFold) {
    try (Workers workers = new Workers(threads)) {
      return new ThresholdSearch(POLICY, backtest(changedFold), folds(), workers, 7).search();
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
  void a_fold_is_judged_by_thresholds_that_its_own_bars_and_scores_cannot_change() {
    NestedThresholds before = search(2).nested();
    for (int k = 0; k < folds().size(); k++) {
      NestedThresholds after = search(2, k).nested();
      for (int fold = 0; fold < folds().size(); fold++) {
        assertThat(after.perFold().get(fold).equals(before.perFold().get(fold)))
            .as("whether fold %d's thresholds stay when fold %d changes", fold, k)
            .isEqualTo(fold == k);
      }
      assertThat(after.live().thresholds()).isNotEqualTo(before.live().thresholds());
    }
  }

  @Test
  void each_fold_is_traded_at_its_own_thresholds_and_other_times_at_the_live_ones() {
    NestedThresholds nested = search(2).nested();
    for (int k = 0; k < folds().size(); k++) {
      assertThat(nested.at(folds().get(k).from())).isEqualTo(nested.perFold().get(k).thresholds());
    }
    assertThat(nested.at(BARS.getFirst().ts().minusSeconds(1)))
        .isEqualTo(nested.live().thresholds());
  }
}
