package io.mlassets.platform;

import io.mlassets.platform.ServiceSettings.Mode;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time expiry and staleness are judged by: the system's, or, while history is replayed, the end
 * of the newest bar seen. Thread-safe.
 */
public final class MarketClock {
  private final Clock clock;
  private final Mode mode;
  private final AtomicReference<Instant> newestBarEnd = new AtomicReference<>(Instant.EPOCH);

  /** A clock of the given mode over the system's. */
  public MarketClock(Clock clock, Mode mode) {
    this.clock = clock;
    this.mode = mode;
  }

  /** Tells that a bar ending at {@code barEnd} was seen; time never goes back. */
  public void sawBar(Instant barEnd) {
    newestBarEnd.accumulateAndGet(barEnd, (old, now) -> now.isAfter(old) ? now : old);
  }

  /** Market time now, UTC. */
  public Instant now() {
    return mode == Mode.BARS ? newestBarEnd.get() : clock.instant();
  }
}
