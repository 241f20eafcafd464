package io.mlassets.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.PairClass;
import io.mlassets.market.BarInterval;
import io.mlassets.market.PairBar;
import io.mlassets.policy.TradingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleRunTest {
  private static final TradingRules RULES = new TradingRules(60, 2, 0, 5, 20);

  /** The last bars a check needs and the engine's features of those that are checked. */
  private record Made(List<PairBar> bars, List<FeatureVector> features) {

    static Made of(long seed, int count, int checked) {
      MixedMarket market = new MixedMarket(seed);
      FeatureEngine engine =
          new FeatureEngine(MixedMarket.PAIR, BarInterval.M1, PairClass.SIMULATED, RULES);
      int kept = new FeatureOracle(RULES.featureWindow(), 0).before() + checked;
      List<PairBar> bars = new ArrayList<>();
      List<FeatureVector> features = new ArrayList<>();
      for (int left = count - 1; left >= 0; left--) {
        PairBar bar = market.next();
        var view = engine.onBar(bar);
        if (left < kept) {
          bars.add(bar);
        }
        if (left < checked) {
          features.add(view.orElseThrow().features());
        }
      }
      return new Made(bars, features);
    }

    OracleFigures checked() {
      OracleRun run = new OracleRun(RULES);
      run.check(bars, features, new SplittableRandom(1));
      return run.figures(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 4})
  void the_engines_features_are_those_of_two_passes(long seed) {
    Made made = Made.of(seed, 5_000, 2_000);
    OracleFigures found = made.checked();
    assertThat(found.checked()).isEqualTo(2_000);
    assertThat(found.errors().values() + found.illConditioned().values())
        .isEqualTo(2_000L * FeatureSchema.current().size());
    assertThat(found.illConditioned().values()).isLessThan(found.errors().values() / 20);
    assertThat(found.errors().worst()).isLessThanOrEqualTo(OracleRun.ALLOWED);
  }

  @Test
  void a_feature_that_is_slightly_wrong_at_one_bar_is_found_whichever_it_is() {
    Made made = Made.of(3, 3_000, 300);
    for (String name : FeatureSchema.current().names()) {
      List<FeatureVector> planted = new ArrayList<>(made.features());
      planted.set(150, withError(planted.get(150), name));
      OracleFigures found = new Made(made.bars(), planted).checked();
      assertThat(found.errors().worstName()).isEqualTo(name);
      if (name.equals(FeatureSchema.PAIR_CLASS)) {
        assertThat(found.errors().worst()).isGreaterThan(0.01);
      } else {
        assertThat(found.errors().worst()).isCloseTo(2e-9, within(1e-9)).isGreaterThan(1e-9);
      }
    }
  }

  private static FeatureVector withError(FeatureVector vector, String name) {
    double[] values = vector.copy();
    int at = vector.schema().indexOf(name);
    // The nearest wrong category is the next.
    values[at] += vector.schema().isCategorical(at) ? 1 : 2e-9 * Math.max(1, Math.abs(values[at]));
    return FeatureVector.of(vector.schema(), vector.pair(), vector.ts(), values);
  }

  @Test
  void a_value_missing_on_one_side_only_is_infinitely_wrong() {
    assertThat(FeatureErrors.error(Double.NaN, 1)).isInfinite();
    assertThat(FeatureErrors.error(1, Double.NaN)).isInfinite();
    assertThat(FeatureErrors.error(Double.NaN, Double.NaN)).isZero();
    assertThat(FeatureErrors.error(2.5, 2)).isEqualTo(0.25);
    assertThat(FeatureErrors.error(0.5, 0.25)).isEqualTo(0.25);
  }

  @Test
  void the_mixed_market_has_flat_stretches_small_and_large_prices_and_bars_without_volume() {
    double least = Double.MAX_VALUE;
    double most = 0;
    int unmoved = 0;
    int longest = 0;
    int silent = 0;
    for (long seed = 0; seed < 20; seed++) {
      MixedMarket market = new MixedMarket(seed);
      double before = 0;
      for (int i = 0; i < 10_000; i++) {
        PairBar bar = market.next();
        double close = bar.a().close();
        unmoved = close == before ? unmoved + 1 : 0;
        longest = Math.max(longest, unmoved);
        least = Math.min(least, Math.min(close, bar.b().close()));
        most = Math.max(most, Math.max(close, bar.b().close()));
        silent += bar.a().volume() == 0 ? 1 : 0;
        before = close;
      }
    }
    assertThat(least).isBetween(1e-4, 1e-3);
    assertThat(most).isBetween(1e5, 1e6);
    assertThat(longest).isGreaterThan(300);
    assertThat(silent).isPositive();
  }
}
