package io.mlassets.bench.honesty;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.Policies;
import io.mlassets.policy.Range;
import io.mlassets.policy.ThetaSearch;
import io.mlassets.suite.console.Progress;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.OutOfFold;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** The pipeline over many markets, with progress. */
final class PipelineRuns {
  /** Years of markets nothing is claimed of but that they are refused. */
  private static final double YEARS = 2;

  /** Seeds of the kinds lie apart; none was looked at when the policy's limits were set. */
  private static final long FIRST_SEED = 10_000_000;

  private final Policies policies;
  private final Workers workers;
  private final Progress progress;
  private final int total;
  private final AtomicInteger done = new AtomicInteger();

  PipelineRuns(Policies policies, Workers workers, Progress progress, int total) {
    this.policies = policies;
    this.workers = workers;
    this.progress = progress;
    this.total = total;
  }

  private <T> List<T> each(int count, MarketKind kind, long offset, LongFunction<T> run) {
    long first = FIRST_SEED * (kind.ordinal() + 1) + offset;
    List<Long> seeds = LongStream.range(first, first + count).boxed().toList();
    return workers.map(
        seeds,
        seed -> {
          T result = run.apply(seed);
          progress.at(done.incrementAndGet(), total, kind.wire());
          return result;
        });
  }

  /** Markets of one kind without an edge. */
  List<MarketResult> judge(Plan.Batch batch) {
    return judge(batch.kind(), YEARS, batch.trials(), batch.markets());
  }

  /** Markets with a planted edge. */
  List<MarketResult> judge(Plan.Point point) {
    return judge(MarketKind.PLANTED, point.years(), Plan.FEW_TRIALS, point.markets());
  }

  private List<MarketResult> judge(MarketKind kind, double years, int trials, int count) {
    Policies inForce = kind.tradesAnything ? tradingAnything() : policies;
    long offset = 1_000 * Math.round(years) + 100_000L * trials;
    return each(
        count,
        kind,
        offset,
        seed -> {
          TrainingSet set = new HonestMarket(kind, years, seed).trainingSet(inForce.core());
          return MarketResult.of(
              Judged.of(set, inForce, trials, seed), policies.retrain().adoption());
        });
  }

  /** AUC within folds on shuffled labels. */
  record Shuffled(Estimate returnProb, Estimate riskScore) {}

  /** Markets with an edge, whose labels all go to other rows. */
  Shuffled shuffled(int count) {
    List<double[]> aucs =
        each(
            count,
            MarketKind.PLANTED,
            0,
            seed -> {
              TrainingSet set =
                  new HonestMarket(MarketKind.PLANTED, YEARS, seed).trainingSet(policies.core());
              List<OutOfFold> rows =
                  Judged.of(Spoiled.shuffled(set, seed), policies, Plan.FEW_TRIALS, seed)
                      .candidate()
                      .outOfFold();
              return new double[] {
                auc(
                    rows,
                    row -> row.scores().returnProb(),
                    row -> row.sample().label().reverted() ? 1 : 0),
                auc(
                    rows,
                    row -> row.scores().riskScore(),
                    row -> row.sample().label().risky() ? 1 : 0)
              };
            });
    return new Shuffled(
        Estimate.of(aucs.stream().mapToDouble(auc -> auc[0]).toArray()),
        Estimate.of(aucs.stream().mapToDouble(auc -> auc[1]).toArray()));
  }

  private static double auc(
      List<OutOfFold> rows, ToDoubleFunction<OutOfFold> score, ToDoubleFunction<OutOfFold> label) {
    return ClassificationMetrics.aucWithin(
        rows.stream().mapToDouble(score).toArray(),
        rows.stream().mapToDouble(label).toArray(),
        rows.stream().mapToInt(OutOfFold::fold).toArray());
  }

  /** Whether each planted leak is named and refused. */
  Map<PlantedLeak, Boolean> leaks() {
    List<PlantedLeak> leaks = List.of(PlantedLeak.values());
    List<Boolean> refused =
        workers.map(
            leaks,
            leak -> {
              long seed = FIRST_SEED + leak.ordinal();
              TrainingSet set =
                  new HonestMarket(MarketKind.RANDOM_WALKS, YEARS, seed)
                      .trainingSet(policies.core());
              Judged judged =
                  Judged.of(
                      Spoiled.leaking(set, leak.of(set, seed)), policies, Plan.FEW_TRIALS, seed);
              progress.at(done.incrementAndGet(), total, leak.wire());
              return PlantedLeak.isRefused(judged);
            });
    Map<PlantedLeak, Boolean> found = new EnumMap<>(PlantedLeak.class);
    leaks.forEach(leak -> found.put(leak, refused.get(leak.ordinal())));
    return found;
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
}
