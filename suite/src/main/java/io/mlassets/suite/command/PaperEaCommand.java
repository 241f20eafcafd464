package io.mlassets.suite.command;

import io.mlassets.channel.Channels;
import io.mlassets.ea.EaConfig;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.platform.RedisSettings;
import io.mlassets.suite.Home;
import io.mlassets.suite.ea.PaperAccount;
import io.mlassets.suite.ea.PaperEa;
import io.mlassets.suite.up.RunningSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paper-ea}. */
@Command(
    name = "paper-ea",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    description = {
      "A paper Expert Advisor on a running suite: obeys its signals at the prices of stream bars"
          + " and answers them, until Ctrl-C. Killed, it goes on where its journal ends.",
      "Reads REDIS_URL (or REDIS_HOST, REDIS_PORT) and SIGNAL_KEY, or what a suite started here"
          + " left in VAR_DIR; CONFIG_DIR."
    })
public final class PaperEaCommand implements Callable<Integer> {
  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "The account; shadow-... obeys shadow signals.")
  private String account = "paper-1";

  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      description = "What market time is: HEARTBEATS of the dispatcher, or BARS in a replay.")
  private EaConfig.Clock clock = EaConfig.Clock.HEARTBEATS;

  @Option(names = "--seed", paramLabel = "N", description = "Of slippage and refusals.")
  private long seed = 1;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where journal and orders are kept (default: VAR_DIR/ea).")
  private @Nullable Path folder;

  @Override
  public Integer call() throws Exception {
    RunningSuite suite = RunningSuite.find(System.getenv(), Home.varDir());
    RedisSettings redis = suite.redisSettings();
    Path files = folder == null ? Home.varDir().resolve("ea") : folder;
    PaperEa ea =
        new PaperEa(
            redis,
            new Channels(redis.prefix()),
            InstrumentCatalogue.read(Home.configDir().resolve("instruments.yaml")),
            PaperAccount.usual(account, seed),
            suite.seal().key(),
            clock,
            Clock.systemUTC(),
            files);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("ea-stop").unstarted(() -> close(ea)));
    System.out.printf("%s trades until Ctrl-C; journal and orders are in %s%n", account, files);
    if (!ea.start().awaitEnd()) {
      throw new IllegalStateException(account + " trades no more, its log says why");
    }
    return 0;
  }

  private static void close(PaperEa ea) {
    try {
      ea.close();
      System.out.printf(
          "ended: %d signals heard, %d messages were none%n", ea.received(), ea.malformed());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
