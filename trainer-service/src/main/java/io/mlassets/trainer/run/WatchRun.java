package io.mlassets.trainer.run;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Looks after a run every second, in the process that answers for it: keeps its lock through
 * restarts of the database, and aborts it when that was asked for on any replica.
 */
public final class WatchRun implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatchRun.class);
  private static final long EVERY_MILLIS = 1_000;
  private final RetrainRuns runs;
  private final RunLock lock;
  private final UUID id;
  private final Runnable abort;
  private final Runnable measure;
  private final Thread thread;
  private boolean away;

  /**
   * Starts to watch.
   *
   * @param abort ends the run
   * @param measure called every second
   */
  public WatchRun(RetrainRuns runs, RunLock lock, UUID id, Runnable abort, Runnable measure) {
    this.runs = runs;
    this.lock = lock;
    this.id = id;
    this.abort = abort;
    this.measure = measure;
    this.thread = Thread.ofPlatform().daemon().name("watch-" + id).start(this::watch);
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        measure.run();
        look();
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      log.debug("run {} has ended", id);
    }
  }

  private void look() {
    try {
      boolean held = lock.keep();
      if (away) {
        log.info("run {}: the database is back, the lock is {}", id, held ? "ours" : "not ours");
      }
      away = false;
      if (runs.isUnwanted(id)) {
        abort.run();
      }
    } catch (DataAccessException e) {
      if (!away) {
        log.warn("run {} goes on while the database is away: {}", id, e.getMessage());
      }
      away = true;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
