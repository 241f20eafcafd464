package io.mlassets.suite.ea;

import io.mlassets.channel.Channels;
import io.mlassets.ea.EaConfig;
import io.mlassets.ea.EaLimits;
import io.mlassets.platform.RedisSettings;
import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the paper market treats an account.
 *
 * @param name the account; {@code shadow-…} follows shadow signals
 * @param equity account size in quote currency units
 * @param slippageBps largest slippage of a deal, basis points
 * @param rejectShare share of entries refused
 * @param partialShare share of orders filled in two deals
 * @param seed seed of slippage, refusals and partial fills
 */
public record PaperAccount(
    String name,
    double equity,
    double slippageBps,
    double rejectShare,
    double partialShare,
    long seed) {
  private static final double MOST_LOTS = 1_000;
  private static final int MOST_PAIRS = 1_000;

  /** A replay has many minutes' entries within one. */
  private static final int MOST_ENTRIES = 1_000_000;

  /** The usual account of a demo. */
  public static PaperAccount usual(String name, long seed) {
    return new PaperAccount(name, 100_000, 0.3, 0.02, 0.05, seed);
  }

  private SignalMode mode() {
    return name.startsWith("shadow-") ? SignalMode.SHADOW : SignalMode.LIVE;
  }

  /** An Expert Advisor of it, for all pairs and without limits that matter. */
  EaConfig config(
      RedisSettings redis, Channels channels, @Nullable SignalKey key, EaConfig.Clock clock) {
    return new EaConfig(
        name,
        mode(),
        channels,
        new EaConfig.Login(redis.user(), redis.password(), redis.database()),
        key,
        Set.of(),
        clock,
        false,
        new EaLimits(equity, MOST_LOTS, MOST_PAIRS, MOST_ENTRIES, 0));
  }
}
