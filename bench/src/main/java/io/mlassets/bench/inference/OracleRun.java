package io.mlassets.bench.inference;

import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.market.BarInterval;
import io.mlassets.market.PairBar;
import io.mlassets.policy.TradingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Runs the engine through the bars of mixed markets and makes the features of some of them again in
 * two passes: in every stretch of bars the last ones.
 *
 * <p>A value is ill-conditioned when two-pass sums of closes whose logarithms differ in the last
 * bit already differ by more than a tenth of what is allowed: a distance in deviations where these
 * are hardly more than that bit, the sign of a z-score that is zero but for rounding, the logarithm
 * of the variance of two legs that moved as one. No way of adding decides such a value; they are
 * counted apart.
 */
final class OracleRun {
  /** Largest error allowed of a value that is not ill-conditioned. */
  static final double ALLOWED = 1e-9;

  private static final double LAST_BIT_DECIDES = ALLOWED / 10;
  private static final int STRETCH = 10_000;
  private static final int CHECKED = 500;

  /** Times last bits are drawn anew. */
  private static final int DRAWS = 3;

  private final TradingRules rules;
  private final FeatureOracle oracle;
  private final FeatureErrors errors = new FeatureErrors(FeatureSchema.current().names());
  private final FeatureErrors illConditioned = new FeatureErrors(FeatureSchema.current().names());
  private long bars;
  private long checked;

  OracleRun(TradingRules rules) {
    this.rules = rules;
    oracle = new FeatureOracle(rules.featureWindow(), PairClass.SIMULATED.code());
  }

  static OracleFigures measured(Plan plan, TradingRules rules) {
    long begun = System.nanoTime();
    OracleRun run = new OracleRun(rules);
    for (int pair = 0; pair < plan.pairs(); pair++) {
      run.pair(pair, plan.pairBars());
    }
    return run.figures((System.nanoTime() - begun) / 1e9);
  }

  private void pair(long seed, int count) {
    MixedMarket market = new MixedMarket(seed);
    FeatureEngine engine =
        new FeatureEngine(MixedMarket.PAIR, BarInterval.M1, PairClass.SIMULATED, rules);
    SplittableRandom random = new SplittableRandom(seed);
    int kept = oracle.before() + CHECKED;
    List<PairBar> last = new ArrayList<>(kept);
    List<FeatureVector> made = new ArrayList<>(CHECKED);
    for (int i = 1; i <= count; i++) {
      PairBar bar = market.next();
      Optional<MarketView> view = engine.onBar(bar);
      int left = STRETCH - 1 - (i - 1) % STRETCH;
      if (left < kept) {
        last.add(bar);
      }
      if (left < CHECKED) {
        made.add(view.orElseThrow().features());
      }
      if (left == 0) {
        check(last, made, random);
        last.clear();
        made.clear();
      }
    }
    bars += count;
  }

  /** Compares the features of the last bars with those made of them and of the bars before. */
  void check(List<PairBar> bars, List<FeatureVector> made, SplittableRandom random) {
    BarSeries series = BarSeries.of(bars);
    List<SequencedMap<String, Double>> truth = oracle.features(series);
    List<List<SequencedMap<String, Double>>> moved =
        Stream.generate(() -> oracle.features(series.withOtherLastBits(random)))
            .limit(DRAWS)
            .toList();
    if (truth.size() != made.size()) {
      throw new IllegalStateException(
          "%d bars made, %d to check".formatted(truth.size(), made.size()));
    }
    for (int i = 0; i < made.size(); i++) {
      int bar = i;
      compare(made.get(i), truth.get(i), moved.stream().map(all -> all.get(bar)).toList());
    }
    checked += made.size();
  }

  private void compare(
      FeatureVector vector,
      SequencedMap<String, Double> truth,
      List<SequencedMap<String, Double>> moved) {
    truth.forEach(
        (name, value) -> {
          double byLastBits =
              moved.stream()
                  .mapToDouble(
                      other -> FeatureErrors.error(other.getOrDefault(name, Double.NaN), value))
                  .max()
                  .orElseThrow();
          (byLastBits > LAST_BIT_DECIDES ? illConditioned : errors)
              .add(name, FeatureErrors.error(vector.get(name), value));
        });
  }

  OracleFigures figures(double seconds) {
    return new OracleFigures(bars, checked, seconds, errors, illConditioned);
  }
}
