package io.mlassets.suite.command;

import io.mlassets.channel.Channels;
import io.mlassets.suite.Home;
import io.mlassets.suite.bars.BarStream;
import io.mlassets.suite.bars.BarSupply;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.bars.MarketStep;
import io.mlassets.suite.bars.Replay;
import io.mlassets.suite.console.Progress;
import io.mlassets.suite.demo.DemoOptions;
import io.mlassets.suite.up.RunningSuite;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    description =
        "Feeds the last N bars to a running suite as if they came from the market: into core.bars,"
            + " then on stream bars. The services should run with CLOCK_MODE=bars.")
public final class ReplayCommand implements Callable<Integer> {
  @Mixin private MarketMixin market = new MarketMixin();

  @Option(names = "--speed", paramLabel = "X", description = "Bars per second.")
  private double speed = 15;

  @Option(
      names = "--redis-prefix",
      defaultValue = "${env:REDIS_PREFIX:-}",
      description = "Prefix of the suite's stream names; by default REDIS_PREFIX.")
  private String prefix = "";

  @Override
  public Integer call() throws Exception {
    DemoOptions.requireSpeed(speed);
    BarSupply supply = BarSupply.of(market.choice(), Clock.systemUTC().instant());
    RunningSuite suite = RunningSuite.find(System.getenv(), Home.varDir());
    List<MarketStep> steps = supply.replay();
    try (Connection connection = suite.connect();
        BarStream stream = new BarStream(suite.redis(), new Channels(prefix));
        Progress progress = Progress.of("replay", steps.size())) {
      Replay replay =
          new Replay(new BarTable(connection), stream, Duration.ofNanos((long) (1e9 / speed)));
      for (int i = 0; i < steps.size(); i++) {
        replay.play(steps.get(i));
        progress.at(i + 1L, steps.size(), steps.get(i).ts().toString());
      }
    }
    return 0;
  }
}
