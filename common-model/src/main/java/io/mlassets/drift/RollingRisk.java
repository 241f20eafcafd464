package io.mlassets.drift;

import io.mlassets.drift.RiskPassRate.Passed;
import io.mlassets.policy.Range;
import java.time.Duration;
import java.time.Instant;

/**
 * What AI2 did to the newest candidate entries of one pair (requirement V-04), in constant time per
 * candidate: of the last so many of them, and of none older than a span before the newest bar
 * decided on. Two that were given the same newest candidates say the same, whatever they were given
 * before. Not thread-safe.
 */
public final class RollingRisk {
  private static final int PASSED = 1;
  private static final int AT_LOWEST = 2;
  private static final int AT_HIGHEST = 4;
  private final Range theta2;
  private final long spanSeconds;
  private final long[] seconds;
  private final byte[] marks;
  private int oldest;
  private int size;
  private Passed passed = Passed.NONE;
  private int run;

  /**
   * Without a candidate.
   *
   * @param candidates most that are counted, at least 1
   * @param span how far before the newest bar they may lie
   * @param theta2 where the policy lets θ2 be
   */
  public RollingRisk(int candidates, Duration span, Range theta2) {
    this.theta2 = theta2;
    this.spanSeconds = span.toSeconds();
    this.seconds = new long[candidates];
    this.marks = new byte[candidates];
  }

  /**
   * A candidate was decided on; one that is not newer than the newest was counted before.
   *
   * @param barTs UTC start of its bar
   * @param riskScore what AI2 said, in [0, 1]
   * @param flagged whether that was at or above θ2 then
   */
  public void add(Instant barTs, double riskScore, boolean flagged) {
    long second = barTs.getEpochSecond();
    if (size > 0 && second <= seconds[at(size - 1)]) {
      return;
    }
    if (size == seconds.length) {
      forgetOldest();
    }
    int mark =
        (flagged ? 0 : PASSED)
            | (RiskPassRate.passes(riskScore, theta2.low()) ? AT_LOWEST : 0)
            | (RiskPassRate.passes(riskScore, theta2.high()) ? AT_HIGHEST : 0);
    seconds[at(size)] = second;
    marks[at(size)] = (byte) mark;
    size++;
    passed = passed.plus(counted(mark, 1));
    run = flagged ? run + 1 : 0;
    elapsed(barTs);
  }

  /** A bar was decided on, whether it was a candidate's or not. */
  public void elapsed(Instant barTs) {
    while (size > 0 && seconds[oldest] < barTs.getEpochSecond() - spanSeconds) {
      forgetOldest();
    }
  }

  private int at(int index) {
    return (oldest + index) % seconds.length;
  }

  private void forgetOldest() {
    passed = passed.plus(counted(marks[oldest], -1));
    oldest = at(1);
    size--;
  }

  private static Passed counted(int mark, int sign) {
    return new Passed(
        sign,
        (mark & PASSED) == 0 ? 0 : sign,
        (mark & AT_LOWEST) == 0 ? 0 : sign,
        (mark & AT_HIGHEST) == 0 ? 0 : sign);
  }

  /** The candidates that are counted. */
  public Passed passed() {
    return passed;
  }

  /** How many of them, up to the newest, are flagged in a row. */
  public int flagRun() {
    return Math.min(run, size);
  }
}
