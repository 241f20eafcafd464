package io.mlassets.dispatcher.stream;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something again and again, on a thread of its own: sending must not wait for it, nor it
 * for sending. A look that fails is told once and tried again.
 */
public final class WatchLoop {
  private static final Logger log = LoggerFactory.getLogger(WatchLoop.class);
  private final Runnable look;
  private final Duration every;
  private final Thread thread;
  private volatile boolean running;
  private boolean failing;

  /**
   * Not yet started.
   *
   * @param name of the thread
   */
  public WatchLoop(String name, Duration every, Runnable look) {
    this.look = look;
    this.every = every;
    this.thread = new Thread(this::watchUntilStopped, name);
  }

  private void watchUntilStopped() {
    while (running) {
      try {
        look.run();
        failing = false;
      } catch (RuntimeException e) {
        // PostgreSQL is away: nothing is sent either, and what was latched holds.
        if (!failing) {
          log.error("{} sees nothing until this is over: {}", thread.getName(), e.toString(), e);
        }
        failing = true;
      }
      try {
        Thread.sleep(every);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Starts the thread; once. */
  public void start() {
    running = true;
    thread.start();
  }

  /** Ends it. */
  public void stop() {
    running = false;
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it was started and not stopped. */
  public boolean isRunning() {
    return running;
  }
}
