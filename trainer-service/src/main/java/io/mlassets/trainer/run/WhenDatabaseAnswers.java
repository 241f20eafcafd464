package io.mlassets.trainer.run;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;

/** Tries a statement that may be said twice again and again while the database is away. */
final class WhenDatabaseAnswers {
  private static final Logger log = LoggerFactory.getLogger(WhenDatabaseAnswers.class);
  private static final long PAUSE_MILLIS = 1_000;

  private WhenDatabaseAnswers() {}

  /**
   * Its result; the last failure once nobody waits any longer.
   *
   * @param what for the log
   */
  static <T> T get(String what, BooleanSupplier goOn, Supplier<T> statement) {
    while (true) {
      try {
        return statement.get();
      } catch (DataAccessResourceFailureException | TransientDataAccessException e) {
        if (!goOn.getAsBoolean()) {
          throw e;
        }
        log.warn("{}, to be recorded when the database is back: {}", what, e.getMessage());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the database was away", e);
    }
  }
}
