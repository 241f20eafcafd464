package io.mlassets.suite.bars;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays history as if it happened now: all bars of one moment arrive together, at a steady pace.
 * The pace never waits for the receivers, so a slow one shows as latency.
 */
public final class Replay {
  private final BarTable table;
  private final BarStream stream;
  private final Duration pace;
  private long next;

  /** Bars go to {@code table} first, then to {@code stream}; one step each {@code pace}. */
  public Replay(BarTable table, BarStream stream, Duration pace) {
    this.table = table;
    this.stream = stream;
    this.pace = pace;
    this.next = System.nanoTime() + pace.toNanos();
  }

  /**
   * Plays one step at its scheduled time.
   *
   * @return that time, in {@link System#nanoTime()}
   */
  public long play(MarketStep step) throws SQLException, InterruptedException {
    waitUntil(next - pace.toNanos() / 4);
    table.insert(step);
    long scheduled = next;
    waitUntil(scheduled);
    stream.add(step);
    next = scheduled + pace.toNanos();
    return scheduled;
  }

  private static void waitUntil(long nanoTime) throws InterruptedException {
    while (true) {
      long left = nanoTime - System.nanoTime();
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException("replay interrupted");
      }
    }
  }
}
