package io.mlassets.market;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the clock that stamps the bars of one symbol can be right, judged by when they arrive. A
 * bar is known at its end, so stamps need no reference but that: a feed that was wrong from the
 * start is noticed as one that changes with daylight saving.
 *
 * <p>A bar that comes before its end is of a clock that is ahead. One that comes whole half hours
 * after it is of a clock that is behind, unless it is merely late: nothing of its symbol arrived
 * since the middle of it, or it follows such a bar much faster than bars are made, as bars do that
 * waited, or much slower, when the feed was cut off once more. Sessions, weekends and holidays are
 * gaps between bars, not between a bar's end and its arrival; they are never seen here. Not
 * thread-safe.
 */
public final class FeedClock {
  /** Clocks of brokers differ by multiples of it. */
  private static final Duration STEP = Duration.ofMinutes(30);

  private static final Duration LEAST = STEP.dividedBy(2);

  /** How far from a multiple a bar may arrive that was stamped by a wrong clock. */
  private static final Duration DELAY = Duration.ofMinutes(5);

  /** No two clocks on earth differ by more; what is older is old. */
  private static final Duration FARTHEST = Duration.ofHours(26);

  private static final int MOST_HEARD = 2_000;

  private final Map<Bar, Optional<Duration>> heard = new LinkedHashMap<>();
  private @Nullable Instant lastArrived;
  private Instant lastEnd = Instant.EPOCH;
  private boolean catchingUp;

  /**
   * By how much the clock that stamped a bar is ahead of UTC (negative: behind), in whole half
   * hours; empty when the stamp can be right. A bar that is sent again gets the answer it got.
   *
   * @param arrived when it came, UTC
   */
  public Optional<Duration> shiftOf(Bar bar, Instant arrived) {
    Optional<Duration> before = heard.get(bar);
    if (before != null) {
      return before;
    }
    Duration late = Duration.between(bar.end(), arrived);
    boolean excused = isMerelyLate(bar, arrived);
    lastArrived = arrived;
    lastEnd = bar.end();
    catchingUp = excused && late.compareTo(halfOf(bar)) >= 0;
    Optional<Duration> shift =
        !excused && isNearStep(late) ? Optional.of(inSteps(late).negated()) : aheadOf(bar, arrived);
    heard.put(bar, shift);
    if (heard.size() > MOST_HEARD) {
      heard.remove(heard.keySet().iterator().next());
    }
    return shift;
  }

  /**
   * By how much the clock that stamped a bar is ahead of UTC, by a quarter of an hour or more, in
   * whole half hours; empty when it is not. All that can be said of a bar whose arrival nobody saw.
   *
   * @param now a time at which the bar was there, UTC
   */
  public static Optional<Duration> aheadOf(Bar bar, Instant now) {
    Duration early = Duration.between(now, bar.end());
    return early.compareTo(LEAST) >= 0 ? Optional.of(inSteps(early)) : Optional.empty();
  }

  private boolean isMerelyLate(Bar bar, Instant arrived) {
    if (lastArrived == null) {
      return true;
    }
    boolean silent = !lastArrived.isAfter(bar.end().minus(halfOf(bar)));
    Duration made = Duration.between(lastEnd, bar.end());
    Duration came = Duration.between(lastArrived, arrived);
    return silent || (catchingUp && made.isPositive() && !isPaceOfBars(made, came));
  }

  /** Whether bars came about as fast as they were made. */
  private static boolean isPaceOfBars(Duration made, Duration came) {
    return came.multipliedBy(2).compareTo(made) >= 0 && came.compareTo(made.multipliedBy(2)) <= 0;
  }

  private static Duration halfOf(Bar bar) {
    return bar.interval().length().dividedBy(2);
  }

  private static boolean isNearStep(Duration late) {
    Duration off = late.minus(inSteps(late)).abs();
    return late.compareTo(LEAST) >= 0 && late.compareTo(FARTHEST) <= 0 && off.compareTo(DELAY) <= 0;
  }

  /** The nearest multiple of {@link #STEP}. */
  private static Duration inSteps(Duration positive) {
    return STEP.multipliedBy(positive.plus(LEAST).dividedBy(STEP));
  }
}
