package io.mlassets.platform;

import io.mlassets.platform.ServiceSettings.Mode;
import java.time.Clock;
import java.time.Instant;

/**
 * The time expiry and staleness are judged by: the system's, or, while history is replayed, the end
 * of the newest bar seen. Thread-safe.
 */
public final class MarketClock {
  private final Clock clock;
  private final Mode mode;
  private Instant newestBarEnd = Instant.EPOCH;

  /** A clock of the given mode over the system's. */
  public MarketClock(Clock clock, Mode mode) {
    this.clock = clock;
    this.mode = mode;
  }

  /** Tells that a bar ending at {@code barEnd} was seen; time never goes back. */
  public synchronized void sawBar(Instant barEnd) {
    if (barEnd.isAfter(newestBarEnd)) {
      newestBarEnd = barEnd;
    }
  }

  /** Market time of something that was done at a system time about a bar. */
  public Instant timeOf(Instant done, Instant barEnd) {
    return mode == Mode.BARS ? barEnd : done;
  }

  /** Market time now, UTC. */
  public synchronized Instant now() {
    return mode == Mode.BARS ? newestBarEnd : clock.instant();
  }
}
