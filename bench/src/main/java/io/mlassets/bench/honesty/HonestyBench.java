package io.mlassets.bench.honesty;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.SharpeTrials;
import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.policy.Range;
import io.mlassets.policy.ThetaSearch;
import io.mlassets.suite.Home;
import io.mlassets.suite.console.Progress;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.Histories;
import io.mlassets.trainer.pipeline.OutOfFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import picocli.CommandLine.Command;

/**
 * Runs the whole pipeline - search, calibration, θ search, gate - on markets whose truth is known:
 * how often is something adopted where nothing is to be found, and how often where something is.
 */
@Command(
    name = "honesty",
    description = "False and true adoptions on markets whose worth is known.",
    mixinStandardHelpOptions = true)
public final class HonestyBench extends Benchmark {
  private static final double NO_EDGE_YEARS = 3;
  private static final double CLAIMED_YEARS = 12;
  private static final int TRUTH_MARKETS = 12;

  /** Seeds of the kinds lie apart; none was looked at when the policy's limits were set. */
  private static final long FIRST_SEED = 10_000;

  private final Policies policies = PolicyFiles.read(Home.directory().resolve("config"));
  private final AtomicInteger done = new AtomicInteger();

  @Override
  protected Report measure(boolean quick) {
    long started = System.nanoTime();
    int noEdge = quick ? 2 : 70;
    int planted = quick ? 2 : 40;
    int curve = quick ? 0 : 20;
    int shuffled = quick ? 2 : 20;
    int total = 3 * noEdge + planted + 2 * curve + shuffled + 2;
    HonestyFigures figures;
    try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
        Progress progress = Progress.of("markets", total)) {
      Run run = new Run(workers, progress, total);
      List<MarketResult> empty = new ArrayList<>();
      for (MarketKind kind :
          List.of(MarketKind.RANDOM_WALKS, MarketKind.FAIR_GAME, MarketKind.COSTS_ABOVE_EDGE)) {
        empty.addAll(run.judge(kind, NO_EDGE_YEARS, noEdge));
      }
      List<HonestyFigures.Power> power = new ArrayList<>();
      if (curve > 0) {
        power.add(power(4, run.judge(MarketKind.PLANTED, 4, curve)));
        power.add(power(8, run.judge(MarketKind.PLANTED, 8, curve)));
      }
      power.add(power(CLAIMED_YEARS, run.judge(MarketKind.PLANTED, CLAIMED_YEARS, planted)));
      boolean honestFeatures = empty.stream().noneMatch(MarketResult::leaks);
      figures =
          new HonestyFigures(
              new HonestyFigures.Share(
                  empty.size(), (int) empty.stream().filter(MarketResult::adopted).count()),
              new HonestyFigures.Share(planted, power.getLast().adopted()),
              power,
              run.shuffledAuc(shuffled),
              run.leaksAreRefused() && honestFeatures,
              truth(workers),
              (System.nanoTime() - started) / 1e9);
    }
    return new Report(List.of(table(figures)), figures.fields());
  }

  /** The pipeline over many markets, with progress. */
  private final class Run {
    private final Workers workers;
    private final Progress progress;
    private final int total;

    Run(Workers workers, Progress progress, int total) {
      this.workers = workers;
      this.progress = progress;
      this.total = total;
    }

    private <T> List<T> each(int count, MarketKind kind, LongFunction<T> run) {
      long first = FIRST_SEED * (kind.ordinal() + 1);
      List<Long> seeds = LongStream.range(first, first + count).boxed().toList();
      return workers.map(
          seeds,
          seed -> {
            T result = run.apply(seed);
            progress.at(done.incrementAndGet(), total, kind.name().toLowerCase(Locale.ROOT));
            return result;
          });
    }

    List<MarketResult> judge(MarketKind kind, double years, int count) {
      Policies inForce = kind.tradesAnything ? tradingAnything() : policies;
      return each(
          count,
          kind,
          seed -> {
            HonestMarket market = new HonestMarket(kind, years, seed + Math.round(1_000 * years));
            return MarketResult.of(Judged.of(market.trainingSet(inForce.core()), inForce, seed));
          });
    }

    HonestyFigures.Estimate shuffledAuc(int count) {
      return HonestyFigures.Estimate.of(
          each(
                  count,
                  MarketKind.PLANTED,
                  seed -> {
                    TrainingSet set =
                        new HonestMarket(MarketKind.PLANTED, NO_EDGE_YEARS, seed)
                            .trainingSet(policies.core());
                    return auc(Judged.of(Spoiled.shuffled(set, seed), policies, seed));
                  })
              .stream()
              .mapToDouble(Double::doubleValue)
              .toArray());
    }

    /** The spread's next move under noise of the same size, and the next close as a price. */
    boolean leaksAreRefused() {
      return each(
              2,
              MarketKind.RANDOM_WALKS,
              seed -> {
                TrainingSet set =
                    new HonestMarket(MarketKind.RANDOM_WALKS, NO_EDGE_YEARS, seed)
                        .trainingSet(policies.core());
                TrainingSet leaking =
                    seed % 2 == 0
                        ? Spoiled.leaking(set, (view, next) -> next.a().close())
                        : Spoiled.leaking(set, new NoisyMove(seed));
                Judged judged = Judged.of(leaking, policies, seed);
                return !judged.adopted()
                    && judged.verdict().reasons().stream()
                        .anyMatch(reason -> reason.startsWith("leak_suspected: tomorrow"));
              })
          .stream()
          .allMatch(refused -> refused);
    }
  }

  private static double auc(Judged judged) {
    List<OutOfFold> rows = judged.candidate().outOfFold();
    return ClassificationMetrics.aucWithin(
        rows.stream().mapToDouble(row -> row.scores().returnProb()).toArray(),
        rows.stream().mapToDouble(row -> row.sample().label().reverted() ? 1 : 0).toArray(),
        rows.stream().mapToInt(OutOfFold::fold).toArray());
  }

  /** The policies with thresholds that let nearly every candidate pass. */
  private Policies tradingAnything() {
    CorePolicy core = policies.core();
    ThetaSearch search =
        new ThetaSearch(
            new Range(0, 0.25), new Range(0.75, 1), 0.01, core.thetaSearch().refinements());
    CorePolicy loose =
        new CorePolicy(
            new Thresholds(0.1, 0.9),
            search,
            core.riskLabel(),
            core.trading(),
            core.leverageReductionRate(),
            core.signalTtlBars(),
            core.riskPassRate(),
            core.noTradeRate());
    return new Policies(
        loose, policies.retrain(), policies.signals(), policies.canonicalJson(), policies.hash());
  }

  private HonestyFigures.Power power(double years, List<MarketResult> judged) {
    double sharpe = judged.stream().mapToDouble(MarketResult::sharpe).average().orElse(0);
    double trials = judged.stream().mapToInt(MarketResult::trials).average().orElse(0);
    double effective =
        judged.stream().mapToDouble(MarketResult::effectiveTrials).average().orElse(1);
    double luck = new SharpeTrials((int) Math.round(effective), 0, 1 / years).expectedMaximum();
    double least = policies.retrain().adoption().deflatedSharpeMin();
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double predicted =
        normal.cumulativeProbability(
            (sharpe - luck) * Math.sqrt(years) - normal.inverseCumulativeProbability(least));
    return new HonestyFigures.Power(
        years,
        judged.size(),
        (int) judged.stream().filter(MarketResult::adopted).count(),
        trials,
        effective,
        sharpe,
        predicted);
  }

  /** What trading every candidate of the planted markets earns. */
  private HonestyFigures.Estimate truth(Workers workers) {
    List<Long> seeds = LongStream.range(1, 1 + TRUTH_MARKETS).boxed().toList();
    return HonestyFigures.Estimate.of(
        workers
            .map(
                seeds,
                seed -> {
                  TrainingSet set =
                      new HonestMarket(MarketKind.PLANTED, CLAIMED_YEARS, seed)
                          .trainingSet(policies.core());
                  List<OutOfFold> all =
                      set.samples().stream()
                          .map(sample -> new OutOfFold(sample, 0, new Scores(1, 0, 1)))
                          .toList();
                  Double sharpe =
                      new Backtest(policies.core(), Histories.of(set, all))
                          .quick(ThresholdsAt.always(new Thresholds(0.5, 0.5)), List.of())
                          .sharpe();
                  return sharpe == null ? 0 : sharpe;
                })
            .stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  private static Table table(HonestyFigures figures) {
    Table table = new Table("honesty", "markets", "tried", "adopted", "found");
    table.row(
        "no edge", figures.noEdge().markets(), figures.noEdge().adopted(), "at most 5 % may be");
    for (HonestyFigures.Power power : figures.power()) {
      table.row(
          "planted, %.0f years".formatted(power.years()),
          power.markets(),
          power.adopted(),
          String.format(
              Locale.ROOT,
              "Sharpe %.2f out of fold, %.0f trials worth %.0f, theory adopts %.0f %%",
              power.meanSharpe(),
              power.trials(),
              power.effectiveTrials(),
              100 * power.predicted()));
    }
    table.row("planted, every candidate", "", "", estimate(figures.plantedSharpe()) + " Sharpe");
    table.row("shuffled labels", "", "", estimate(figures.shuffledAuc()) + " AUC within folds");
    table.row("planted leaks", 2, "", figures.leakRefused() ? "named and refused" : "NOT refused");
    table.row("seconds", "", "", "%.0f".formatted(figures.seconds()));
    return table;
  }

  private static String estimate(HonestyFigures.Estimate estimate) {
    return String.format(Locale.ROOT, "%.4f ± %.4f", estimate.mean(), estimate.standardError());
  }
}
