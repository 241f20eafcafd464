package io.mlassets.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.PairBar;
import io.mlassets.policy.TradingRules;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("Q-01")
class FeatureEngineTest {
  private static final TradingRules RULES = SamplePolicies.QUICK;

  @Test
  @Tag("T-01")
  void an_engine_started_anywhere_gives_the_same_bits_after_its_warm_up() {
    for (long seed = 1; seed <= 4; seed++) {
      List<PairBar> bars = SampleMarket.bars(2_500, seed);
      FeatureEngine replay = SampleMarket.engine(RULES);
      List<Optional<MarketView>> whole = bars.stream().map(replay::onBar).toList();
      SplittableRandom random = new SplittableRandom(seed);
      for (int trial = 0; trial < 25; trial++) {
        int start = random.nextInt(bars.size() - 2 * replay.warmUpBars());
        FeatureEngine live = SampleMarket.engine(RULES);
        for (int i = start; i < bars.size(); i++) {
          Optional<MarketView> view = live.onBar(bars.get(i));
          if (i - start >= live.warmUpBars()) {
            assertThat(view).as("bar %d of an engine started at %d", i, start).isPresent();
          }
          if (view.isPresent()) {
            assertThat(view).isEqualTo(whole.get(i));
          }
        }
      }
    }
  }

  @Test
  void future_bars_never_change_past_features() {
    List<PairBar> bars = SampleMarket.bars(700, 5);
    List<MarketView> before = SampleMarket.views(bars.subList(0, 500), RULES);
    List<PairBar> other = new ArrayList<>(bars.subList(0, 500));
    for (PairBar bar : bars.subList(500, 700)) {
      other.add(new PairBar(bar.pair(), timesTen(bar.a()), bar.b()));
    }
    List<MarketView> after = SampleMarket.views(other, RULES);
    assertThat(after.subList(0, before.size())).isEqualTo(before);
    assertThat(after.size()).isGreaterThan(before.size());
  }

  private static Bar timesTen(Bar bar) {
    return new Bar(
        bar.symbol(),
        bar.interval(),
        bar.ts(),
        10 * bar.open(),
        10 * bar.high(),
        10 * bar.low(),
        10 * bar.close(),
        bar.volume());
  }

  @Test
  void features_do_not_depend_on_the_scale_of_a_price() {
    List<PairBar> bars = SampleMarket.bars(600, 6);
    List<PairBar> scaled =
        bars.stream().map(bar -> new PairBar(bar.pair(), timesTen(bar.a()), bar.b())).toList();
    List<MarketView> views = SampleMarket.views(bars, RULES);
    List<MarketView> others = SampleMarket.views(scaled, RULES);
    assertThat(views).isNotEmpty();
    for (int i = 0; i < views.size(); i++) {
      assertThat(others.get(i).features().copy())
          .containsExactly(views.get(i).features().copy(), within(1e-6));
    }
  }

  @Test
  void hedge_ratio_mean_deviation_and_z_are_those_of_the_window() {
    List<PairBar> bars = SampleMarket.bars(600, 7);
    List<MarketView> views = SampleMarket.views(bars, RULES);
    int n = RULES.featureWindow();
    MarketView last = views.getLast();
    List<PairBar> window = bars.subList(bars.size() - n, bars.size());
    double beta = slopeOfChanges(bars.subList(bars.size() - n - 1, bars.size()));
    double[] spreads =
        window.stream()
            .mapToDouble(bar -> Math.log(bar.a().close()) - beta * Math.log(bar.b().close()))
            .toArray();
    double mean = mean(spreads);
    double squares = 0;
    for (double spread : spreads) {
      squares += (spread - mean) * (spread - mean);
    }
    double deviation = Math.sqrt(squares / n);
    assertThat(last.spread().beta()).isCloseTo(beta, within(1e-9));
    assertThat(last.spread().mean()).isCloseTo(mean, within(1e-9));
    assertThat(last.spread().deviation()).isCloseTo(deviation, within(1e-9 * deviation));
    double z = (spreads[n - 1] - mean) / deviation;
    assertThat(last.spread().zScore()).isCloseTo(z, within(1e-6));
    assertThat(last.features().get("z_score")).isEqualTo(last.spread().zScore());
  }

  private static double slopeOfChanges(List<PairBar> bars) {
    double[] a = new double[bars.size() - 1];
    double[] b = new double[bars.size() - 1];
    for (int i = 0; i < a.length; i++) {
      a[i] = Math.log(bars.get(i + 1).a().close() / bars.get(i).a().close());
      b[i] = Math.log(bars.get(i + 1).b().close() / bars.get(i).b().close());
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < a.length; i++) {
      covariance += (a[i] - mean(a)) * (b[i] - mean(b));
      variance += (b[i] - mean(b)) * (b[i] - mean(b));
    }
    return covariance / variance;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void a_lively_market_leaves_no_feature_missing() {
    for (MarketView view : SampleMarket.views(SampleMarket.bars(1_500, 8), RULES)) {
      for (int i = 0; i < view.features().schema().size(); i++) {
        assertThat(view.features().get(i))
            .as("%s at %s", view.features().schema().names().get(i), view.bar().ts())
            .isFinite();
      }
    }
  }

  @Test
  void a_flat_market_has_z_zero_and_breaks_nothing() {
    FeatureEngine engine = SampleMarket.engine(RULES);
    Instant ts = Instant.parse("2024-01-01T00:00:00Z");
    int seen = 0;
    for (int i = 0; i < 400; i++) {
      Optional<MarketView> view = engine.onBar(flat(ts.plusSeconds(3_600L * i)));
      seen += view.isPresent() ? 1 : 0;
      view.ifPresent(
          v -> {
            assertThat(v.spread().zScore()).isZero();
            assertThat(v.features().get("z_score")).isZero();
            assertThat(v.features().get("correlation")).isNaN();
          });
    }
    assertThat(seen).isPositive();
  }

  private static PairBar flat(Instant ts) {
    Bar a = new Bar(SampleMarket.PAIR.a(), BarInterval.H1, ts, 1.1, 1.1, 1.1, 1.1, 0);
    Bar b = new Bar(SampleMarket.PAIR.b(), BarInterval.H1, ts, 2.3, 2.3, 2.3, 2.3, 0);
    return new PairBar(SampleMarket.PAIR, a, b);
  }

  @Test
  void a_repeated_or_older_bar_is_refused_and_changes_nothing() {
    List<PairBar> bars = SampleMarket.bars(600, 9);
    FeatureEngine engine = SampleMarket.engine(RULES);
    List<MarketView> views = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      engine.onBar(bars.get(i)).ifPresent(views::add);
      PairBar stale = bars.get(Math.max(0, i - i % 3));
      assertThatThrownBy(() -> engine.onBar(stale))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not newer than");
    }
    assertThat(views).isEqualTo(SampleMarket.views(bars, RULES));
  }

  @Test
  void a_bar_of_another_interval_is_refused() {
    FeatureEngine engine =
        new FeatureEngine(SampleMarket.PAIR, BarInterval.M1, PairClass.METAL, RULES);
    assertThatThrownBy(() -> engine.onBar(SampleMarket.bars(1, 1).getFirst()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT1M");
  }
}
