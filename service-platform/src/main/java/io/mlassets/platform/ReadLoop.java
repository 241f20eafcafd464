package io.mlassets.platform;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a source on one thread over a connection of its own, part after part, and goes on where it
 * was after the source was away. What is read counts as read only once the handler returned: a
 * handler that throws sees the same again.
 *
 * @param <E> what is read
 */
public abstract class ReadLoop<E> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReadLoop.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final long CLOSE_MILLIS = 5_000;
  private final String name;
  private @Nullable Thread thread;
  private volatile boolean closed;

  /** Of the reading thread alone. */
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /**
   * Not yet started.
   *
   * @param name of the thread
   */
  protected ReadLoop(String name) {
    this.name = name;
  }

  /**
   * Connects, then reads and hands over again and again while {@link #goesOn}; on the reader's
   * thread. Called anew when it returned, and some time after it threw.
   */
  protected abstract void follow(Consumer<List<E>> handler) throws IOException, SQLException;

  /** What is read, and up to where. */
  protected abstract String place();

  /** Told of every failure; reading goes on by itself. */
  protected void failed() {}

  /**
   * Starts the thread; once.
   *
   * @param handler called on the reader's thread with what came, or with nothing while nothing
   *     comes and while the source is away
   */
  protected final void begin(Consumer<List<E>> handler) {
    thread = Thread.ofPlatform().daemon().name(name).start(() -> readUntilClosed(handler));
  }

  private void readUntilClosed(Consumer<List<E>> handler) {
    while (!closed) {
      try {
        follow(
            part -> {
              handler.accept(part);
              pauseMillis = FIRST_PAUSE_MILLIS;
            });
      } catch (SQLException | IOException | RuntimeException e) {
        if (!closed) {
          failed();
          log.warn("{}: {}; again in {} ms", place(), e.toString(), pauseMillis);
          sleep(Duration.ofMillis(pauseMillis));
          pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
          idle(handler);
        }
      }
    }
  }

  /** What the handler does besides must not wait for the source. */
  private void idle(Consumer<List<E>> handler) {
    try {
      handler.accept(List.of());
    } catch (RuntimeException e) {
      log.warn("{} while it is away: {}", place(), e.toString());
    }
  }

  /** Whether reading has not ended. */
  protected final boolean goesOn() {
    return !closed;
  }

  /** Waits; an interrupt ends the reading. */
  protected final void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the reading and waits for the thread, at most 5 s. */
  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      try {
        thread.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
