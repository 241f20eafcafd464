package io.mlassets.backtest;

import io.mlassets.market.PairBar;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Every distinct bar start of all pairs, in order: the time profits are summed along. */
final class TimeAxis {
  private static final double SECONDS_PER_YEAR = Duration.ofHours(24).toSeconds() * 365.25;

  private final Instant[] times;

  TimeAxis(List<PairHistory> histories) {
    times =
        histories.stream()
            .flatMap(history -> history.bars().stream())
            .map(PairBar::ts)
            .distinct()
            .sorted()
            .toArray(Instant[]::new);
    if (times.length < 2) {
      throw new IllegalArgumentException(
          "a backtest needs at least two bar times, got " + times.length);
    }
  }

  int size() {
    return times.length;
  }

  Instant at(int index) {
    return times[index];
  }

  Instant[] times() {
    return times.clone();
  }

  int indexOf(Instant ts) {
    return Arrays.binarySearch(times, ts);
  }

  /** Distinct bar times per year of 365.25 days, between the first and the last. */
  double barsPerYear() {
    double seconds = Duration.between(times[0], times[times.length - 1]).toSeconds();
    return (times.length - 1) / seconds * SECONDS_PER_YEAR;
  }

  /** Which times lie in one of the periods; all of them when there is none. */
  boolean[] within(List<Period> periods) {
    boolean[] inside = new boolean[times.length];
    if (periods.isEmpty()) {
      Arrays.fill(inside, true);
    }
    for (Period period : periods) {
      Arrays.fill(inside, firstFrom(period.from()), firstFrom(period.to()), true);
    }
    return inside;
  }

  /** Index of the first time not before {@code ts}; the size when there is none. */
  int firstFrom(Instant ts) {
    int index = indexOf(ts);
    return index >= 0 ? index : -index - 1;
  }
}
