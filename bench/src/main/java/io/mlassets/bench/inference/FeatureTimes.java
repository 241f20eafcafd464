package io.mlassets.bench.inference;

import io.mlassets.bench.Peers;
import io.mlassets.bench.Report;
import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.policy.TradingRules;
import io.mlassets.suite.market.MarketSimulator;
import io.mlassets.suite.market.SimulatedMarket;
import io.mlassets.suite.market.SimulationSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Features of a simulated pair, microseconds a bar on one thread.
 *
 * @param ours the engine, bar after bar
 * @param pandas made anew of the bars needed at every bar
 * @param compared bars
 * @param errors of pandas' features against ours
 * @param versions of what was measured in Python
 */
record FeatureTimes(
    double ours, double pandas, int compared, FeatureErrors errors, JsonNode versions) {
  private static final int LEG_VALUES = 4;
  private static final int RUNS = 7;

  static FeatureTimes measured(Plan plan, TradingRules rules, Peers peers, Path directory)
      throws Exception {
    List<PairBar> bars = bars(plan.timedBars());
    Pair pair = bars.getFirst().pair();
    double ours =
        Report.median(
                Clocked.nanos(
                    plan.warmUpSeconds(), RUNS, () -> throughAll(bars, engine(pair, rules))))
            / 1e3
            / bars.size();

    FeatureEngine engine = engine(pair, rules);
    int before = engine.warmUpBars();
    List<PairBar> first = bars.subList(0, before + plan.pandasBars());
    Path in = directory.resolve("inference-bars.bin");
    Path out = directory.resolve("inference-features.bin");
    DoubleFile.write(in, values(first));
    JsonNode said =
        peers.python(
            "features.py",
            in,
            first.size(),
            before,
            rules.featureWindow(),
            PairClass.SIMULATED.code(),
            out);
    List<String> names = FeatureSchema.current().names();
    double[] theirs = DoubleFile.read(out, plan.pandasBars() * names.size());
    FeatureErrors errors = new FeatureErrors(names);
    for (int i = 0; i < first.size(); i++) {
      MarketView view = engine.onBar(first.get(i)).orElse(null);
      for (int k = 0; i >= before && k < names.size(); k++) {
        double made = theirs[(i - before) * names.size() + k];
        double own = view == null ? Double.NaN : view.features().get(k);
        errors.add(names.get(k), FeatureErrors.error(made, own));
      }
    }
    return new FeatureTimes(
        ours, said.path("us").asDouble(), plan.pandasBars(), errors, said.path("versions"));
  }

  private static FeatureEngine engine(Pair pair, TradingRules rules) {
    return new FeatureEngine(pair, BarInterval.M1, PairClass.SIMULATED, rules);
  }

  private static List<PairBar> bars(int count) {
    SimulatedMarket market =
        new MarketSimulator(new SimulationSpec(1, count, BarInterval.M1, 80, 11)).simulate();
    Pair pair = market.pairs().getFirst();
    List<Bar> a = market.bars().getOrDefault(pair.a(), List.of());
    List<Bar> b = market.bars().getOrDefault(pair.b(), List.of());
    return IntStream.range(0, count).mapToObj(i -> new PairBar(pair, a.get(i), b.get(i))).toList();
  }

  private static double throughAll(List<PairBar> bars, FeatureEngine engine) {
    double sum = 0;
    for (PairBar bar : bars) {
      MarketView view = engine.onBar(bar).orElse(null);
      sum += view == null ? 0 : view.features().get(0);
    }
    return sum;
  }

  private static double[] values(List<PairBar> bars) {
    double[] values = new double[bars.size() * 2 * LEG_VALUES];
    int at = 0;
    for (PairBar bar : bars) {
      for (Bar leg : List.of(bar.a(), bar.b())) {
        values[at++] = leg.high();
        values[at++] = leg.low();
        values[at++] = leg.close();
        values[at++] = leg.volume();
      }
    }
    return values;
  }
}
