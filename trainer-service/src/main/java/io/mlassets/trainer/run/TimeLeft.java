package io.mlassets.trainer.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How long a run will take yet, learned from its own speed. Percents stand for time only roughly,
 * so the speed is that of the last half of what is done; and a clock that runs backwards is not
 * believed, so that the time left falls or stands and never rises.
 */
final class TimeLeft {
  /** Until then bars are loaded: their speed says nothing about training. */
  private static final int KNOWN_FROM = 12;

  private static final int LAST = 100;

  /** When each percent was first reached, in seconds; NaN for those jumped over. */
  private final double[] reachedAt = new double[LAST + 1];

  private int percent = -1;
  private @Nullable Double left;
  private double toldAt;

  TimeLeft() {
    Arrays.fill(reachedAt, Double.NaN);
  }

  /** The run got to some percent; those that come late from another thread change nothing. */
  void reached(int now, double seconds) {
    if (now <= percent) {
      return;
    }
    percent = Math.min(LAST, now);
    reachedAt[percent] = seconds;
    int from = Math.max(KNOWN_FROM, percent / 2);
    while (from < percent && Double.isNaN(reachedAt[from])) {
      from++;
    }
    if (from < percent) {
      double perPercent = (seconds - reachedAt[from]) / (percent - from);
      double estimate = (LAST - percent) * perPercent;
      left = left == null ? estimate : Math.min(estimate, left(seconds));
      toldAt = seconds;
    }
  }

  /** Highest percent reached. */
  int percent() {
    return Math.max(0, percent);
  }

  /** Seconds left; null while nothing is known. */
  @Nullable Long seconds(double now) {
    return left == null ? null : Math.round(left(now));
  }

  /** Since it was told, time has passed; but as long as it goes on there is some left. */
  private double left(double now) {
    double last = left == null ? 0 : left;
    return Math.max(percent >= LAST ? 0 : Math.min(1, last), last - (now - toldAt));
  }
}
