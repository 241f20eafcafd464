package io.mlassets.bench.training;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.PairHistory;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.ScoredView;
import io.mlassets.backtest.SweptCell;
import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Scores;
import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.suite.Home;
import io.mlassets.suite.market.MarketSimulator;
import io.mlassets.suite.market.SimulatedMarket;
import io.mlassets.suite.market.SimulationSpec;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.theta.ThresholdSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Times the policy's θ grid over simulated bars, in a process of its own because of the memory:
 * {@code bars pairs threads}. Once, as a training does it, nothing warmed up. Scores are random,
 * spread over the grid, so that every cell trades.
 */
public final class ThetaGridMain {
  private static final int FOLDS = 5;

  private ThetaGridMain() {}

  /** Prints one line of JSON. */
  public static void main(String[] args) {
    int bars = Integer.parseInt(args[0]);
    int pairs = Integer.parseInt(args[1]);
    int threads = Integer.parseInt(args[2]);
    CorePolicy policy = PolicyFiles.read(Home.directory().resolve("config")).core();
    try (Workers workers = new Workers(threads)) {
      List<PairHistory> histories =
          workers.map(
              IntStream.range(0, pairs).boxed().toList(), pair -> history(policy, bars, pair));
      long before = System.nanoTime();
      Backtest backtest = new Backtest(policy, histories);
      ThresholdSearch search =
          new ThresholdSearch(policy, backtest, folds(histories.getFirst()), workers, 1);
      long prepared = System.nanoTime();
      List<SweptCell> cells = search.grid();
      long done = System.nanoTime();
      long trades = cells.stream().mapToLong(cell -> cell.over(fold -> true).trades()).sum();
      long candidates = histories.stream().mapToLong(h -> h.candidates().size()).sum();
      System.out.printf(
          "{\"prepare_seconds\": %.3f, \"cells_seconds\": %.3f, \"cells\": %d,"
              + " \"candidates\": %d, \"trades\": %d}%n",
          (prepared - before) / 1e9, (done - prepared) / 1e9, cells.size(), candidates, trades);
    }
  }

  private static PairHistory history(CorePolicy policy, int bars, int number) {
    SimulationSpec spec = new SimulationSpec(1, bars, BarInterval.M1, 80, 100 + number);
    SimulatedMarket market = new MarketSimulator(spec).simulate();
    Pair pair = market.pairs().getFirst();
    Instrument a = MarketSimulator.instrument(pair.a());
    Instrument b = MarketSimulator.instrument(pair.b());
    FeatureEngine engine =
        new FeatureEngine(pair, BarInterval.M1, PairClass.of(a, b), policy.trading());
    List<Bar> barsA = market.bars().getOrDefault(pair.a(), List.of());
    List<Bar> barsB = market.bars().getOrDefault(pair.b(), List.of());
    SplittableRandom random = new SplittableRandom(number);
    List<PairBar> joined = new ArrayList<>(bars);
    List<ScoredView> candidates = new ArrayList<>();
    for (int i = 0; i < bars; i++) {
      PairBar bar = new PairBar(pair, barsA.get(i), barsB.get(i));
      joined.add(bar);
      Optional<MarketView> view = engine.onBar(bar);
      if (view.isPresent() && DecisionRule.isCandidate(view.get().spread(), policy.trading())) {
        Scores scores = new Scores(random.nextDouble(0.5, 0.95), random.nextDouble(0.1, 0.55), 1);
        candidates.add(new ScoredView(view.get(), scores));
      }
    }
    return new PairHistory(pair, a, b, joined, candidates);
  }

  private static List<Period> folds(PairHistory history) {
    List<PairBar> bars = history.bars();
    List<Period> folds = new ArrayList<>();
    for (int k = 0; k < FOLDS; k++) {
      Instant from = bars.get((int) ((long) bars.size() * k / FOLDS)).ts();
      Instant to =
          k + 1 < FOLDS ? bars.get((int) ((long) bars.size() * (k + 1) / FOLDS)).ts() : Instant.MAX;
      folds.add(new Period(from, to));
    }
    return folds;
  }
}
