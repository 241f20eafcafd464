package io.mlassets.bench.honesty;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.policy.CorePolicy;
import io.mlassets.suite.market.MarketSimulator;
import io.mlassets.suite.market.SimulatedMarket;
import io.mlassets.suite.market.SimulationSpec;
import io.mlassets.trainer.dataset.BuildSamples;
import io.mlassets.trainer.dataset.PairSamples;
import io.mlassets.trainer.dataset.TrainingSet;
import java.util.ArrayList;
import java.util.List;

/**
 * One simulated market.
 *
 * @param kind what it is worth
 * @param years of hourly bars
 * @param seed decides everything random
 */
record HonestMarket(MarketKind kind, double years, long seed) {
  private static final int PAIRS = 2;
  private static final double HOURS_PER_YEAR = 115 * 365.25 / 7;

  /** Everything a run trains on, by the code that trains on real bars. */
  TrainingSet trainingSet(CorePolicy policy) {
    int bars = (int) Math.round(years * HOURS_PER_YEAR);
    SimulationSpec spec = new SimulationSpec(PAIRS, bars, BarInterval.H1, kind.edge, seed);
    SimulatedMarket market = new MarketSimulator(spec).simulate();
    BuildSamples build = new BuildSamples(policy);
    List<PairSamples> pairs = new ArrayList<>();
    for (Pair pair : market.pairs()) {
      List<PairBar> joined = joined(market, pair);
      pairs.add(
          build.of(pair, instrument(pair.a()), instrument(pair.b()), spec.interval(), joined));
    }
    return new TrainingSet(FeatureSchema.current(), spec.interval(), pairs);
  }

  private static List<PairBar> joined(SimulatedMarket market, Pair pair) {
    List<Bar> a = market.bars().getOrDefault(pair.a(), List.of());
    List<Bar> b = market.bars().getOrDefault(pair.b(), List.of());
    List<PairBar> bars = new ArrayList<>(a.size());
    for (int i = 0; i < a.size(); i++) {
      bars.add(new PairBar(pair, a.get(i), b.get(i)));
    }
    return bars;
  }

  /** Half the spread is paid on each side. */
  private Instrument instrument(Symbol symbol) {
    return new Instrument(symbol, "simulated", 1_000, "USD", 2 * kind.costBps, 0, 0, 0);
  }
}
