package io.mlassets.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at something again and again, on a thread of its own: the service's work must not wait for
 * it, nor it for the work. A look that fails is told once, until one succeeds, and tried again.
 */
public abstract class WatchLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(WatchLoop.class);
  private static final long STOP_MILLIS = 5_000;
  private final String name;
  private final Duration first;
  private final Duration every;
  private @Nullable Thread thread;
  private volatile boolean running;

  /** Of the thread alone. */
  private boolean failing;

  /**
   * Not yet started.
   *
   * @param name of the thread
   * @param first wait before the first look
   * @param every wait between the end of a look and the next
   */
  protected WatchLoop(String name, Duration first, Duration every) {
    this.name = name;
    this.first = first;
    this.every = every;
  }

  /** Looks once. What it throws does not end the loop. */
  protected abstract void look();

  private void watchUntilStopped() {
    try {
      Thread.sleep(first);
      while (running) {
        lookOnce();
        Thread.sleep(every);
      }
    } catch (InterruptedException e) {
      // It is stopped.
      Thread.currentThread().interrupt();
    }
  }

  private void lookOnce() {
    try {
      look();
      if (failing) {
        log.info("{} sees again", name);
      }
      failing = false;
    } catch (RuntimeException e) {
      // Mostly PostgreSQL is away: then nothing is decided nor sent, and what was latched holds.
      if (running && !failing) {
        log.error("{} sees nothing until this is over: {}", name, e.toString(), e);
      }
      failing = true;
    }
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name(name).start(this::watchUntilStopped);
  }

  /** Interrupts a look that is under way and waits for its end, at most 5 s. */
  @Override
  public void stop() {
    running = false;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
