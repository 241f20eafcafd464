package io.mlassets.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Every distinct bar start of all pairs, in order: the time profits are summed along. */
final class TimeAxis {
  private static final double SECONDS_PER_YEAR = Duration.ofHours(24).toSeconds() * 365.25;

  private final Instant[] times;

  /** Of pairs whose bars are in time order. */
  TimeAxis(List<PairPrices> pairs) {
    Instant[] union = {};
    for (PairPrices pair : pairs) {
      union = union(union, pair.ts);
    }
    times = union;
    if (times.length < 2) {
      throw new IllegalArgumentException(
          "a backtest needs at least two bar times, got " + times.length);
    }
  }

  private static Instant[] union(Instant[] one, Instant[] other) {
    Instant[] union = new Instant[one.length + other.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      int order = one[i].compareTo(other[j]);
      union[size++] = order <= 0 ? one[i] : other[j];
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    while (i < one.length) {
      union[size++] = one[i++];
    }
    while (j < other.length) {
      union[size++] = other[j++];
    }
    return Arrays.copyOf(union, size);
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

  /** Where each of a pair's bars lies. */
  int[] positions(Instant[] ts) {
    int[] positions = new int[ts.length];
    int at = 0;
    for (int i = 0; i < ts.length; i++) {
      while (!times[at].equals(ts[i])) {
        at++;
      }
      positions[i] = at;
    }
    return positions;
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
    int index = Arrays.binarySearch(times, ts);
    return index >= 0 ? index : -index - 1;
  }
}
