package io.mlassets.suite.command;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.suite.demo.Demo;
import io.mlassets.suite.demo.DemoOptions;
import io.mlassets.suite.market.SimulationSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    description =
        "Trains models on bars, adopts them if they earn it, replays the last bars as if live"
            + " and lets a paper Expert Advisor trade the signals.")
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--bars",
      paramLabel = "DIR",
      description = "Folder of SYMBOL.csv[.gz]; without it, the seeded market simulator.")
  private @Nullable Path bars;

  @Option(
      names = "--pairs",
      paramLabel = "A/B",
      split = ",",
      description = "Pairs, such as XAUUSD/XAGUSD,US500/USTEC; needed with --bars.")
  private List<Pair> pairs = List.of();

  @Option(names = "--interval", description = "Length of a bar, PT1M or PT1H.")
  private BarInterval interval = BarInterval.M1;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = "Simulated bars per symbol to train on.")
  private int history = 20_000;

  @Option(names = "--replay", paramLabel = "N", description = "Bars replayed as if live.")
  private int replay = 240;

  @Option(names = "--speed", paramLabel = "X", description = "Bars per second of the replay.")
  private double speed = 5;

  @Option(names = "--exit", description = "End after the summary instead of staying up.")
  private boolean exit;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the report as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the simulated market and of training.")
  private long seed = 20_251_014;

  @Option(
      names = "--edge",
      paramLabel = "E",
      description = "Annual Sharpe ratio there is to find in the simulated market; 0 for none.")
  private double edge = SimulationSpec.DEFAULT_EDGE;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Search trials; by default the policy's.")
  private @Nullable Integer trials;

  @Override
  public Integer call() throws Exception {
    DemoOptions options =
        new DemoOptions(
            bars, pairs, interval, history, replay, speed, exit, report, seed, edge, trials);
    new Demo(options, Home.directory(), Home.varDir(), Clock.systemUTC()).run();
    return 0;
  }
}
