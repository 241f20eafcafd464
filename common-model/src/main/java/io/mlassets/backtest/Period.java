package io.mlassets.backtest;

import java.time.Instant;

/**
 * A stretch of bar time.
 *
 * @param from first bar start, included
 * @param to end, excluded
 */
public record Period(Instant from, Instant to) {

  /** Refuses an empty period with {@link IllegalArgumentException}. */
  public Period {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("period from %s to %s is empty".formatted(from, to));
    }
  }

  /** Whether a bar start lies within. */
  public boolean contains(Instant ts) {
    return !ts.isBefore(from) && ts.isBefore(to);
  }
}
