package io.mlassets.ea;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Market time (H2), from heartbeats or from bars; never from the machine's own time of day, which
 * nobody checks. {@code now} is a monotonic count of milliseconds.
 */
final class MarketTime {
  private static final int WINDOW = 60;
  private static final long SILENCE = 5_000;

  private final boolean bars;
  private final Deque<Long> offsets = new ArrayDeque<>();
  private final Deque<Long> trips = new ArrayDeque<>();
  private @Nullable Instant newestBarEnd;
  private long heardAt;

  MarketTime(EaConfig.Clock clock) {
    this.bars = clock == EaConfig.Clock.BARS;
  }

  private static void keep(Deque<Long> window, long value) {
    window.addLast(value);
    if (window.size() > WINDOW) {
      window.removeFirst();
    }
  }

  /** A heartbeat that was made at this market time. */
  void beat(Instant market, long now) {
    keep(offsets, market.toEpochMilli() - now);
    heardAt = now;
  }

  /** A ping took so many milliseconds to come back. */
  void trip(long millis) {
    keep(trips, millis);
  }

  /** A bar ended. */
  void bar(Instant end) {
    if (newestBarEnd == null || end.isAfter(newestBarEnd)) {
      newestBarEnd = end;
    }
  }

  boolean isBars() {
    return bars;
  }

  /**
   * Market time, never behind the dispatcher's: the best of the last heartbeats, and since that one
   * was under way for an unknown time, the shortest of the last round trips on top. Null while
   * unknown.
   */
  @Nullable Instant at(long now) {
    if (bars) {
      return newestBarEnd;
    }
    if (offsets.isEmpty() || now - heardAt > SILENCE) {
      return null;
    }
    long trip = trips.isEmpty() ? 0 : Collections.min(trips);
    return Instant.ofEpochMilli(now + Collections.max(offsets) + trip);
  }
}
