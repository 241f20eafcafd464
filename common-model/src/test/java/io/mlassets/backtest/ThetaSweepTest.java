package io.mlassets.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.policy.CorePolicy;
import io.mlassets.testing.SamplePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-04")
class ThetaSweepTest {
  private static final CorePolicy POLICY = SamplePolicies.core(SamplePolicies.QUICK);
  private static final int GROUPS = 4;

  private final PairHistory history = BacktestTest.history(3_000, 11);
  private final Backtest backtest = new Backtest(POLICY, List.of(history));
  private final Instant first = history.bars().getFirst().ts();
  private final Instant end = history.bars().getLast().ts().plusSeconds(1);

  private static List<Thresholds> cells() {
    List<Thresholds> cells = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (int j = 1; j < 5; j++) {
        cells.add(new Thresholds(0.15 * i, 0.2 * j));
      }
    }
    return cells;
  }

  private ThetaSweep sweep() {
    return backtest.sweeps(List.of(new Period(first, end)), GROUPS).get();
  }

  private Instant at(int bar) {
    return history.bars().get(bar).ts();
  }

  @Test
  void a_swept_cell_has_the_figures_of_the_backtest() {
    ThetaSweep sweep = sweep();
    for (Thresholds cell : cells()) {
      CellFigures swept = sweep.walk(cell).over(fold -> true);
      BacktestMetrics slow = backtest.quick(ThresholdsAt.always(cell), List.of());
      assertThat(swept.trades()).isEqualTo(slow.trades());
      long passed =
          history.candidates().stream()
              .filter(candidate -> candidate.scores().riskScore() < cell.theta2())
              .count();
      assertThat(swept.passRate())
          .isCloseTo((double) passed / history.candidates().size(), within(1e-12));
      assertThat(swept.sharpe()).isCloseTo(slow.sharpe(), within(1e-9));
    }
  }

  @Test
  void twice_the_costs_cost_twice_as_much() {
    Thresholds all = new Thresholds(0, 1);
    Resampling resampling = new Resampling(100, 48, 0.95, 7);
    BacktestResult once = backtest.run(ThresholdsAt.always(all), resampling);
    BacktestResult twice = backtest.atCosts(2).run(ThresholdsAt.always(all), resampling);
    double cost = once.trades().stream().mapToDouble(BacktestTrade::cost).sum();
    double net = once.trades().stream().mapToDouble(BacktestTrade::netPnl).sum();
    assertThat(twice.trades().stream().mapToDouble(BacktestTrade::netPnl).sum())
        .isCloseTo(net - cost, within(1e-9));
    List<Period> whole = List.of(new Period(first, end));
    CellFigures swept =
        backtest.atCosts(2).sweeps(whole, GROUPS).get().walk(all).over(fold -> true);
    assertThat(swept.sharpe()).isCloseTo(twice.metrics().sharpe(), within(1e-9));
  }

  @Test
  void a_fold_knows_nothing_of_the_next() {
    List<Period> folds =
        List.of(
            new Period(first, at(1_000)),
            new Period(at(1_000), at(2_000)),
            new Period(at(2_000), end));
    Backtest changed = new Backtest(POLICY, List.of(withOtherPrices(1_000, 2_000)));
    ThetaSweep sweep = backtest.sweeps(folds, GROUPS).get();
    ThetaSweep other = changed.sweeps(folds, GROUPS).get();
    for (Thresholds cell : cells()) {
      SweptCell before = sweep.walk(cell);
      SweptCell after = other.walk(cell);
      assertThat(after.over(fold -> fold == 0).trades())
          .isEqualTo(before.over(fold -> fold == 0).trades());
      assertThat(after.over(fold -> fold == 1)).isNotEqualTo(before.over(fold -> fold == 1));
    }
    // What is held at the end of a fold is closed there, not at a price of the next.
    Thresholds all = new Thresholds(0, 1);
    assertThat(other.walk(all).over(fold -> fold == 0).meanPnl())
        .isCloseTo(sweep.walk(all).over(fold -> fold == 0).meanPnl(), within(1e-15));
  }

  /** The same history with another first leg in a stretch of bars. */
  private PairHistory withOtherPrices(int from, int to) {
    List<PairBar> bars = new ArrayList<>(history.bars());
    for (int i = from; i < to; i++) {
      PairBar bar = bars.get(i);
      Bar a = bar.a();
      double shift = 1 + 1e-5 * Math.sin(i);
      Bar moved =
          new Bar(
              a.symbol(),
              a.interval(),
              a.ts(),
              a.open() * shift,
              a.high() * shift,
              a.low() * shift,
              a.close() * shift,
              a.volume());
      bars.set(i, new PairBar(bar.pair(), moved, bar.b()));
    }
    return new PairHistory(history.pair(), history.a(), history.b(), bars, history.candidates());
  }

  @Test
  void the_mean_correlation_is_that_of_every_two_cells() {
    ThetaSweep one = sweep();
    ThetaSweep two = sweep();
    List<double[]> series = new ArrayList<>();
    for (int i = 0; i < cells().size(); i++) {
      (i % 2 == 0 ? one : two).walk(cells().get(i));
      series.add(backtest.series(cells().get(i)).copy());
    }
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < series.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += correlation(series.get(i), series.get(j));
        pairs++;
      }
    }
    assertThat(one.and(two).meanCorrelation()).isCloseTo(sum / pairs, within(1e-9));
  }

  @Test
  void cells_that_never_trade_have_no_part_in_the_mean_correlation_of_overlapping_pairs() {
    List<PairHistory> pairs = List.of(history, BacktestTest.history(3_000, 12));
    Backtest both = new Backtest(POLICY, pairs);
    ThetaSweep sweep = both.sweeps(List.of(new Period(first, Instant.MAX)), GROUPS).get();
    List<double[]> trading = new ArrayList<>();
    for (Thresholds cell : cells()) {
      sweep.walk(cell);
      // Nothing is above 1: booked trades are taken back and none is made.
      SweptCell empty = sweep.walk(new Thresholds(1, cell.theta2()));
      assertThat(empty.over(fold -> true).trades()).isZero();
      assertThat(empty.groupSquares()).containsOnly(0);
      trading.add(barByBar(pairs, cell));
    }
    double sum = 0;
    for (int i = 0; i < trading.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += correlation(trading.get(i), trading.get(j));
      }
    }
    int count = trading.size() * (trading.size() - 1) / 2;
    assertThat(sweep.meanCorrelation()).isCloseTo(sum / count, within(1e-9));
  }

  @Test
  void pairs_that_lack_different_bars_share_one_axis() {
    List<PairHistory> pairs =
        List.of(without(0, history), without(1, BacktestTest.history(3_000, 12)));
    Backtest both = new Backtest(POLICY, pairs);
    ThetaSweep sweep = both.sweeps(List.of(new Period(first, Instant.MAX)), GROUPS).get();
    for (Thresholds cell : cells()) {
      double[] slow = barByBar(pairs, cell);
      assertThat(both.series(cell).copy()).hasSameSizeAs(slow).containsExactly(slow, within(1e-12));
      assertThat(Arrays.stream(sweep.walk(cell).groupSums()).sum())
          .isCloseTo(Arrays.stream(slow).sum(), within(1e-9));
    }
  }

  /** Every third bar is missing, and no candidate is on one. */
  private static PairHistory without(int third, PairHistory whole) {
    List<PairBar> bars = new ArrayList<>();
    for (int i = 0; i < whole.bars().size(); i++) {
      if (i % 3 != third) {
        bars.add(whole.bars().get(i));
      }
    }
    Set<Instant> kept = bars.stream().map(PairBar::ts).collect(Collectors.toSet());
    List<ScoredView> candidates =
        whole.candidates().stream()
            .filter(candidate -> kept.contains(candidate.view().bar().ts()))
            .toList();
    return new PairHistory(whole.pair(), whole.a(), whole.b(), bars, candidates);
  }

  /** Profit per bar time of several pairs by the slow walk. */
  private static double[] barByBar(List<PairHistory> pairs, Thresholds cell) {
    TreeMap<Instant, Double> pnl = new TreeMap<>();
    for (PairHistory pair : pairs) {
      double[] own = new BarByBar(POLICY, pair, cell).pnl;
      for (int i = 0; i < own.length; i++) {
        pnl.merge(pair.bars().get(i).ts(), own[i], Double::sum);
      }
    }
    return pnl.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  @Tag("T-13")
  void the_cells_walked_before_change_no_bit_of_a_cell() {
    ThetaSweep sweep = sweep();
    cells().forEach(sweep::walk);
    for (Thresholds cell : cells().reversed()) {
      SweptCell later = sweep.walk(cell);
      SweptCell fresh = sweep().walk(cell);
      assertThat(later.groupSums()).isEqualTo(fresh.groupSums());
      assertThat(later.groupSquares()).isEqualTo(fresh.groupSquares());
    }
  }

  private static double correlation(double[] x, double[] y) {
    double mx = Arrays.stream(x).average().orElseThrow();
    double my = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mx) * (y[i] - my);
      xx += (x[i] - mx) * (x[i] - mx);
      yy += (y[i] - my) * (y[i] - my);
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void groups_and_folds_add_up_to_the_same_profit() {
    List<Period> folds = List.of(new Period(first, at(1_234)), new Period(at(1_234), end));
    SweptCell cell = backtest.sweeps(folds, GROUPS).get().walk(new Thresholds(0.2, 0.8));
    assertThat(cell.groupSums()).hasSize(GROUPS);
    assertThat(cell.over(fold -> true).meanPnl() * history.bars().size())
        .isCloseTo(Arrays.stream(cell.groupSums()).sum(), within(1e-12));
  }
}
