package io.mlassets.trainer.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How long a run will take yet, learned from its own speed over the last half of its time: trials
 * of an interrupted run that are taken up again go by at once and are soon forgotten, and a run
 * that becomes slower says so. A percent that takes longer than those before it makes the rest
 * longer too, little by little.
 */
final class TimeLeft {
  /** Until then bars are loaded: their speed says nothing about training. */
  private static final int KNOWN_FROM = 12;

  /** One percent of the fastest trials, or trials taken up again, say too little. */
  private static final int LEAST_PERCENTS = 3;

  private static final double LEAST_SECONDS = 5;

  private static final int LAST = 100;

  /** When each percent was first reached, in seconds; NaN for those jumped over. */
  private final double[] reachedAt = new double[LAST + 1];

  private int percent = -1;

  TimeLeft() {
    Arrays.fill(reachedAt, Double.NaN);
  }

  /** The run got to some percent; those that come late from another thread change nothing. */
  void reached(int now, double seconds) {
    if (now > percent) {
      percent = Math.min(LAST, now);
      reachedAt[percent] = seconds;
    }
  }

  /** Highest percent reached. */
  int percent() {
    return Math.max(0, percent);
  }

  /** Seconds left; null while nothing is known. */
  @Nullable Long seconds(double now) {
    if (percent == LAST) {
      return 0L;
    }
    int first = next(KNOWN_FROM);
    if (percent - first < LEAST_PERCENTS || now - reachedAt[first] < LEAST_SECONDS) {
      return null;
    }
    // Half of the time, but two percents at least: one may be slow by itself.
    double from = Math.min((reachedAt[first] + now) / 2, reachedAt[lastUpTo(percent - 2, first)]);
    double doneThen = doneAt(from, first);
    double pace = (reachedAt[percent] - from) / (percent - doneThen);
    double since = now - reachedAt[percent];
    // Of the percent under way no more than the whole can be done.
    double done = percent + (since < pace ? since / pace : 1);
    return Math.round((LAST - done) * (now - from) / (done - doneThen));
  }

  /** Percent done at a time between the first and the last report. */
  private double doneAt(double time, int first) {
    int before = first;
    int after = next(first + 1);
    while (after < percent && reachedAt[after] <= time) {
      before = after;
      after = next(after + 1);
    }
    double apart = reachedAt[after] - reachedAt[before];
    double share = apart > 0 ? (time - reachedAt[before]) / apart : 1;
    return before + share * (after - before);
  }

  private int lastUpTo(int percents, int first) {
    int last = Math.max(first, percents);
    while (Double.isNaN(reachedAt[last])) {
      last--;
    }
    return last;
  }

  /** The lowest percent seen from there on. */
  private int next(int from) {
    int next = from;
    while (next < percent && Double.isNaN(reachedAt[next])) {
      next++;
    }
    return next;
  }
}
