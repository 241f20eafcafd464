package io.mlassets.dispatcher.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How far back a look for waiting signals reaches. Rows become visible later than they are written,
 * in any order, so the usual look reaches a minute behind the newest row dispatched; every few
 * minutes one reaches a day back, and the first one of a new leader has no bound at all.
 */
@Component
class LookBack {
  private static final Duration USUAL = Duration.ofSeconds(60);
  private static final Duration WIDE = Duration.ofDays(1);
  private static final Duration WIDE_EVERY = Duration.ofMinutes(5);

  private final Clock clock;
  private final Map<SignalStream, Instant> bounds = new HashMap<>();
  private final Map<SignalStream, Instant> lastWide = new HashMap<>();

  LookBack(Clock clock) {
    this.clock = clock;
  }

  /** Only rows written after this are to be looked at. */
  Instant after(SignalStream stream) {
    Instant bound = bounds.getOrDefault(stream, Instant.EPOCH);
    Instant now = clock.instant();
    Instant wide = lastWide.getOrDefault(stream, Instant.EPOCH);
    if (bound.isAfter(now.minus(WIDE)) && wide.isBefore(now.minus(WIDE_EVERY))) {
      lastWide.put(stream, now);
      return now.minus(WIDE);
    }
    return bound;
  }

  /** Everything visible up to a row written at {@code createdAt} was dispatched. */
  void dispatched(SignalStream stream, Instant createdAt) {
    bounds.merge(stream, createdAt.minus(USUAL), (a, b) -> a.isAfter(b) ? a : b);
  }

  /** The next look has no bound. */
  void forget(SignalStream stream) {
    bounds.remove(stream);
  }
}
