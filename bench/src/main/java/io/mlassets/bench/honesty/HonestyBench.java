package io.mlassets.bench.honesty;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Report;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.suite.Home;
import io.mlassets.suite.console.Progress;
import io.mlassets.trainer.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Policies policies = PolicyFiles.read(Home.directory().resolve("config"));

  @Override
  protected Report measure(boolean quick) {
    Plan plan = quick ? Plan.quick() : Plan.full();
    try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
        Progress progress = Progress.of("markets", plan.runs())) {
      PipelineRuns runs = new PipelineRuns(policies, workers, progress, plan.runs());
      HonestyFigures figures = figures(plan, runs, workers);
      return new Report(HonestyTables.of(figures), figures.fields(), figures.broken());
    }
  }

  private HonestyFigures figures(Plan plan, PipelineRuns runs, Workers workers) {
    long started = System.nanoTime();
    double deflatedMin = policies.retrain().adoption().deflatedSharpeMin();
    Map<MarketKind, Truth> truths = Truth.measure(policies.core(), plan.histories(), workers);
    List<NoEdge> noEdge = new ArrayList<>();
    for (Plan.Batch batch : plan.noEdge()) {
      noEdge.add(
          new NoEdge(batch.kind(), batch.trials(), truth(truths, batch.kind()), runs.judge(batch)));
    }
    List<Power> power = new ArrayList<>();
    int suspected = noEdge.stream().mapToInt(kind -> suspected(kind.results())).sum();
    for (Plan.Point point : plan.planted()) {
      List<MarketResult> results = runs.judge(point);
      suspected += suspected(results);
      power.add(Power.of(point.years(), results, deflatedMin));
    }
    PipelineRuns.Shuffled shuffled = runs.shuffled(plan.shuffled());
    return new HonestyFigures(
        noEdge,
        power,
        truth(truths, MarketKind.PLANTED),
        shuffled.returnProb(),
        shuffled.riskScore(),
        runs.leaks(),
        suspected,
        deflatedMin,
        (System.nanoTime() - started) / 1e9);
  }

  private static int suspected(List<MarketResult> results) {
    return (int) results.stream().filter(MarketResult::leaks).count();
  }

  private static Truth truth(Map<MarketKind, Truth> truths, MarketKind kind) {
    return Objects.requireNonNull(truths.get(kind), kind::name);
  }
}
