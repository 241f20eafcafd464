package io.mlassets.ea;

import io.mlassets.channel.Channels;
import io.mlassets.market.Pair;
import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalMode;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an Expert Advisor is told by its operator.
 *
 * @param account its name, as fills carry it
 * @param mode live or shadow
 * @param channels names in Redis
 * @param login how it gets in
 * @param key shared with the dispatcher; null only where nothing real is traded
 * @param pairs those it trades; empty for all
 * @param clock what market time is taken from
 * @param files whether signals come in files and results go out in files, without Redis (F)
 * @param limits what entries may do
 */
public record EaConfig(
    String account,
    SignalMode mode,
    Channels channels,
    Login login,
    @Nullable SignalKey key,
    Set<Pair> pairs,
    Clock clock,
    boolean files,
    EaLimits limits) {
  private static final Pattern ACCOUNT = Pattern.compile("[ !#-\\[\\]-~]{1,64}");

  /** What market time is taken from (H2). */
  public enum Clock {
    /** The dispatcher's heartbeats. */
    HEARTBEATS,
    /** The end of the newest bar: replays. */
    BARS
  }

  /**
   * How it gets into Redis.
   *
   * @param user null for the default one
   * @param password null for none
   * @param database its number
   */
  public record Login(@Nullable String user, @Nullable String password, int database) {
    @Override
    public String toString() {
      return "Login(secret)";
    }
  }

  /** Copies; refuses an account that cannot stand in a document as it is. */
  public EaConfig {
    if (!ACCOUNT.matcher(account).matches()) {
      throw new IllegalArgumentException(
          "account '%s' is not 1 to 64 plain ASCII characters".formatted(account));
    }
    pairs = Set.copyOf(pairs);
  }

  /** Whether it trades a pair. */
  boolean knows(Pair pair) {
    return pairs.isEmpty() || pairs.contains(pair);
  }
}
