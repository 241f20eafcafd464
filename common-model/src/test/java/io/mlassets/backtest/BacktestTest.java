package io.mlassets.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.MarketView;
import io.mlassets.market.PairBar;
import io.mlassets.policy.CorePolicy;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E-01")
class BacktestTest {
  private static final CorePolicy POLICY = SamplePolicies.core(SamplePolicies.QUICK);
  private static final Resampling RESAMPLING = new Resampling(500, 48, 0.95, 7);

  static PairHistory history(int bars, long seed) {
    List<PairBar> market = SampleMarket.bars(bars, seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<ScoredView> candidates = new ArrayList<>();
    for (MarketView view : SampleMarket.views(market, SamplePolicies.QUICK)) {
      if (DecisionRule.isCandidate(view.spread(), SamplePolicies.QUICK)) {
        Scores scores = new Scores(random.nextDouble(), random.nextDouble(), random.nextDouble());
        candidates.add(new ScoredView(view, scores));
      }
    }
    return new PairHistory(
        SampleMarket.PAIR,
        SampleMarket.instrument(SampleMarket.PAIR.a()),
        SampleMarket.instrument(SampleMarket.PAIR.b()),
        market,
        candidates);
  }

  @Test
  @Tag("I-02")
  void agrees_with_obeying_the_decision_rule_bar_by_bar() {
    for (long seed = 1; seed <= 4; seed++) {
      PairHistory history = history(3_000, seed);
      for (Thresholds theta :
          List.of(new Thresholds(0, 1), new Thresholds(0.4, 0.6), new Thresholds(0.8, 0.3))) {
        BarByBar slow = new BarByBar(POLICY, history, theta);
        BacktestResult fast =
            new Backtest(POLICY, List.of(history)).run(ThresholdsAt.always(theta), RESAMPLING);
        assertThat(fast.trades()).hasSameSizeAs(slow.trades).isNotEmpty();
        for (int i = 0; i < slow.trades.size(); i++) {
          BacktestTrade expected = slow.trades.get(i);
          BacktestTrade actual = fast.trades().get(i);
          assertThat(actual)
              .usingRecursiveComparison()
              .ignoringFields("grossPnl", "cost")
              .isEqualTo(expected);
          assertThat(actual.grossPnl()).isCloseTo(expected.grossPnl(), within(1e-12));
          assertThat(actual.cost()).isCloseTo(expected.cost(), within(1e-12));
        }
        assertThat(fast.series().copy()).containsExactly(slow.pnl, within(1e-12));
      }
    }
  }

  @Test
  void the_figures_agree_with_their_textbook_form() {
    PairHistory history = history(3_000, 5);
    BacktestResult result =
        new Backtest(POLICY, List.of(history))
            .run(ThresholdsAt.always(new Thresholds(0.3, 0.9)), RESAMPLING);
    double[] pnl = result.series().copy();
    double mean = 0;
    for (double value : pnl) {
      mean += value / pnl.length;
    }
    double variance = 0;
    for (double value : pnl) {
      variance += (value - mean) * (value - mean) / (pnl.length - 1);
    }
    double drawdown = 0;
    for (int from = 0; from < pnl.length; from++) {
      double change = 0;
      for (int to = from; to < pnl.length; to++) {
        change += pnl[to];
        drawdown = Math.max(drawdown, -change);
      }
    }
    BacktestMetrics metrics = result.metrics();
    Instant first = history.bars().getFirst().ts();
    Instant last = history.bars().getLast().ts();
    double years = (last.getEpochSecond() - first.getEpochSecond()) / (365.25 * 86_400);
    assertThat(metrics.barsPerYear()).isCloseTo((pnl.length - 1) / years, within(1e-6));
    double ratio = mean / Math.sqrt(variance);
    assertThat(metrics.sharpe()).isCloseTo(ratio * Math.sqrt(metrics.barsPerYear()), within(1e-9));
    assertThat(metrics.tStat()).isCloseTo(ratio * Math.sqrt(pnl.length), within(1e-9));
    assertThat(metrics.maxDrawdown()).isCloseTo(drawdown, within(1e-12));
    List<BacktestTrade> trades = result.trades();
    assertThat(metrics.trades()).isEqualTo(trades.size());
    long wins = trades.stream().filter(trade -> trade.netPnl() > 0).count();
    assertThat(metrics.winRate()).isEqualTo((double) wins / trades.size());
    double total = trades.stream().mapToDouble(BacktestTrade::netPnl).sum();
    assertThat(metrics.meanPnl()).isCloseTo(total / trades.size(), within(1e-12));
    assertThat(mean * pnl.length).isCloseTo(total, within(1e-9));
    assertThat(metrics.sharpeLow()).isLessThan(metrics.sharpe());
    assertThat(metrics.sharpeHigh()).isGreaterThan(metrics.sharpe());
  }

  @Test
  @Tag("E-02")
  void the_no_trade_rate_is_the_share_of_the_entries_ai1_wants_that_ai2_refuses() {
    PairHistory history = history(2_000, 6);
    Backtest backtest = new Backtest(POLICY, List.of(history));
    for (Thresholds theta : List.of(new Thresholds(0.7, 0.35), new Thresholds(0.2, 0.8))) {
      BarByBar slow = new BarByBar(POLICY, history, theta);
      assertThat(slow.refused).isPositive();
      assertThat(backtest.quick(ThresholdsAt.always(theta), List.of()).noTradeRate())
          .isEqualTo((double) slow.refused / (slow.refused + slow.trades.size()));
    }
    assertThat(backtest.quick(ThresholdsAt.always(new Thresholds(0, 0)), List.of()).noTradeRate())
        .isEqualTo(1);
  }

  @Test
  void without_trades_there_is_no_ratio() {
    Backtest backtest = new Backtest(POLICY, List.of(history(1_000, 7)));
    BacktestMetrics metrics =
        backtest.run(ThresholdsAt.always(new Thresholds(1, 0)), RESAMPLING).metrics();
    assertThat(metrics.trades()).isZero();
    assertThat(metrics.sharpe()).isNull();
    assertThat(metrics.sharpeLow()).isNull();
    assertThat(metrics.tStat()).isNull();
    assertThat(metrics.winRate()).isNull();
    assertThat(metrics.meanPnl()).isNull();
    assertThat(metrics.maxDrawdown()).isZero();
    assertThat(metrics.noTradeRate()).isNull();
  }

  @Test
  void a_handful_of_trades_has_an_interval_around_its_ratio() {
    PairHistory history = history(3_000, 4);
    Backtest backtest = new Backtest(POLICY, List.of(history));
    BacktestMetrics metrics =
        backtest.run(ThresholdsAt.always(new Thresholds(0.9, 0.2)), RESAMPLING).metrics();
    assertThat(metrics.trades()).isBetween(1, 29);
    assertThat(metrics.sharpe()).isBetween(metrics.sharpeLow(), metrics.sharpeHigh());
    assertThat(metrics.sharpeLow()).isLessThan(metrics.sharpeHigh());
  }

  @Test
  void the_quick_form_and_the_full_one_agree_within_periods() {
    PairHistory history = history(3_000, 8);
    Backtest backtest = new Backtest(POLICY, List.of(history));
    Instant a = history.bars().get(700).ts();
    Instant b = history.bars().get(1_500).ts();
    Instant c = history.bars().get(2_000).ts();
    List<Period> periods = List.of(new Period(a, b), new Period(c, Instant.MAX));
    Thresholds theta = new Thresholds(0.2, 0.8);
    BacktestMetrics quick = backtest.quick(ThresholdsAt.always(theta), periods);
    BacktestResult full = backtest.run(ThresholdsAt.always(theta), periods, RESAMPLING);
    assertThat(quick.sharpe()).isEqualTo(full.metrics().sharpe());
    assertThat(quick.trades()).isEqualTo(full.metrics().trades()).isPositive();
    assertThat(full.series().size()).isEqualTo(800 + 1_000);
    assertThat(full.trades())
        .allMatch(trade -> periods.stream().anyMatch(p -> p.contains(trade.entryTs())));
  }

  @Test
  void thresholds_may_differ_from_bar_to_bar() {
    PairHistory history = history(2_000, 9);
    Instant half = history.bars().get(1_000).ts();
    Thresholds open = new Thresholds(0, 1);
    Thresholds shut = new Thresholds(1, 0);
    BacktestResult result =
        new Backtest(POLICY, List.of(history))
            .run(ts -> ts.isBefore(half) ? shut : open, RESAMPLING);
    assertThat(result.trades()).isNotEmpty().allMatch(trade -> !trade.entryTs().isBefore(half));
  }

  @Test
  @Tag("T-13")
  void the_same_seed_gives_the_same_interval() {
    Backtest backtest = new Backtest(POLICY, List.of(history(1_500, 10)));
    ThresholdsAt theta = ThresholdsAt.always(new Thresholds(0.2, 0.9));
    BacktestMetrics once = backtest.run(theta, RESAMPLING).metrics();
    assertThat(backtest.run(theta, RESAMPLING).metrics()).isEqualTo(once);
    Resampling other = new Resampling(500, 48, 0.95, 8);
    assertThat(backtest.run(theta, other).metrics().sharpeLow()).isNotEqualTo(once.sharpeLow());
  }

  @Test
  void a_candidate_that_is_not_among_the_bars_is_refused() {
    PairHistory whole = history(1_000, 11);
    PairHistory cut =
        new PairHistory(
            whole.pair(), whole.a(), whole.b(), whole.bars().subList(0, 300), whole.candidates());
    assertThatThrownBy(() -> new Backtest(POLICY, List.of(cut)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not among the bars");
  }

  @Test
  void bars_out_of_order_are_refused() {
    PairHistory history = history(1_000, 11);
    List<PairBar> bars = new ArrayList<>(history.bars());
    bars.add(500, bars.get(498));
    PairHistory twice =
        new PairHistory(history.pair(), history.a(), history.b(), bars, history.candidates());
    assertThatThrownBy(() -> new Backtest(POLICY, List.of(history, twice)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bars are not in time order at " + bars.get(498).ts());
  }
}
