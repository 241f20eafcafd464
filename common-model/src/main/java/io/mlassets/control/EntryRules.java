package io.mlassets.control;

import java.time.Duration;

/**
 * Limits on entries beside the trading state: what no working inference reaches.
 *
 * @param perMinute most entries sent to an account within a minute, in [1, 100000]
 * @param pause least time between the bars of two entries of a pair, not negative
 */
public record EntryRules(int perMinute, Duration pause) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /** What holds where a policy file says nothing. */
  public static final EntryRules DEFAULTS = new EntryRules(60, Duration.ofMinutes(1));

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public EntryRules {
    if (perMinute < 1 || perMinute > 100_000) {
      throw new IllegalArgumentException(
          "entries_per_minute: %d is not in [1, 100000]".formatted(perMinute));
    }
    if (pause.isNegative() || pause.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "entry_repeat_pause: %s is not in [PT0S, P1D]".formatted(pause));
    }
  }
}
