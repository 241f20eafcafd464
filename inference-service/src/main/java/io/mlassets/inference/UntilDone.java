package io.mlassets.inference;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Work on PostgreSQL that must not be given up because PostgreSQL is away: repeated with growing
 * pauses until it is done or the service stops. What PostgreSQL refuses for its content is not
 * repeated.
 */
@Component
class UntilDone {
  private static final Logger log = LoggerFactory.getLogger(UntilDone.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  /** The service stops with work undone; a restart finds it again in {@code core.bars}. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException(String what) {
      super("stopped before " + what + " was done");
    }
  }

  private final InferenceMetrics metrics;
  private volatile boolean stopped;

  UntilDone(InferenceMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * The work's result.
   *
   * @param what the work in few words, for log and metric
   * @throws StoppedException if the service stops first
   */
  <T> T get(String what, Supplier<T> work) {
    long pause = FIRST_PAUSE_MILLIS;
    while (!stopped) {
      try {
        return work.get();
      } catch (DataIntegrityViolationException e) {
        throw e;
      } catch (DataAccessException | TransactionException e) {
        metrics.databaseFailed(what);
        log.error("{} failed, again in {} ms: {}", what, pause, e.toString());
        sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
    throw new StoppedException(what);
  }

  /** Does work without a result. */
  void run(String what, Runnable work) {
    get(
        what,
        () -> {
          work.run();
          return true;
        });
  }

  /** Nothing is repeated from now on. */
  void stop() {
    stopped = true;
  }

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      stopped = true;
      Thread.currentThread().interrupt();
    }
  }
}
