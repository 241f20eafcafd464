package io.mlassets.suite.command;

import io.mlassets.suite.Home;
import io.mlassets.suite.demo.Demo;
import io.mlassets.suite.demo.DemoOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Mixin private MarketMixin market = new MarketMixin();

  @Option(names = "--speed", paramLabel = "X", description = "Bars per second of the replay.")
  private double speed = 20;

  @Option(names = "--exit", description = "End after the summary instead of staying up.")
  private boolean exit;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the report as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Search trials per engine and model; by default the policy's.")
  private @Nullable Integer trials;

  @Override
  public Integer call() throws Exception {
    DemoOptions options = new DemoOptions(market.choice(), speed, exit, report, trials);
    new Demo(options, Home.directory(), Home.varDir(), Clock.systemUTC()).run();
    return 0;
  }
}
