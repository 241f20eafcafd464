package io.mlassets.bench;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves nothing behind when a benchmark is told to end before it is done (SIGTERM, Ctrl-C): ends
 * every process born of this one, then PostgreSQL, which is born of none. Closed, it does nothing.
 */
public final class EndChildren implements AutoCloseable {
  /** Until then they may end in order; what is paused cannot. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 50;
  private final Closeable last;
  private volatile boolean over;

  /**
   * From now on.
   *
   * @param last what is closed when all of them have ended
   */
  public EndChildren(Closeable last) {
    this.last = last;
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("bench-stop").unstarted(this::end));
  }

  private void end() {
    if (over) {
      return;
    }
    try {
      endDescendants();
      last.close();
    } catch (IOException e) {
      System.err.println("ml-assets: not ended: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever was about to start one goes on meanwhile, so it is looked again. */
  private static void endDescendants() throws InterruptedException {
    long begun = System.nanoTime();
    Set<ProcessHandle> asked = new HashSet<>();
    while (System.nanoTime() - begun < LONGEST.toNanos()) {
      List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
      if (left.isEmpty()) {
        return;
      }
      for (ProcessHandle process : left) {
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
          process.destroyForcibly();
        } else if (asked.add(process)) {
          process.destroy();
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
