package io.mlassets.trainer.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * The right to run, over all replicas and the command line: a PostgreSQL advisory lock of one
 * session. It goes with the process that holds it, however that ends; so whoever gets it knows that
 * rows still {@code running} are orphans, unless the database was restarted lately.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunLock.class);
  private static final long TRAINING = 0x6d6c_7472_6169_6e31L;
  private static final long RETUNING = 0x6d6c_7265_7475_6e65L;
  private static final int ANSWER_SECONDS = 2;
  private final DataSource dataSource;
  private final long key;
  private Connection session;
  private boolean closed;

  private RunLock(DataSource dataSource, long key, Connection session) {
    this.dataSource = dataSource;
    this.key = key;
    this.session = session;
  }

  /** The lock, empty when another session has it. */
  public static Optional<RunLock> tryAcquire(DataSource dataSource) {
    return tryAcquire(dataSource, TRAINING);
  }

  /** The right to tune thresholds again, likewise; it does not stand in the way of a run. */
  public static Optional<RunLock> tryAcquireForRetuning(DataSource dataSource) {
    return tryAcquire(dataSource, RETUNING);
  }

  private static Optional<RunLock> tryAcquire(DataSource dataSource, long key) {
    try {
      return lockedSession(dataSource, key).map(session -> new RunLock(dataSource, key, session));
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException(
          "the lock on training runs could not be asked for", e);
    }
  }

  private static Optional<Connection> lockedSession(DataSource dataSource, long key)
      throws SQLException {
    Connection session = dataSource.getConnection();
    boolean locked = false;
    try {
      locked = call(session, "select pg_try_advisory_lock(?)", key);
    } finally {
      if (!locked) {
        session.close();
      }
    }
    return locked ? Optional.of(session) : Optional.empty();
  }

  private static boolean call(Connection session, String sql, long key) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(sql)) {
      statement.setLong(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /**
   * Asks for the lock again when its session broke.
   *
   * @return whether this process has it; never again once it was given back
   */
  synchronized boolean keep() {
    if (closed) {
      return false;
    }
    try {
      if (session.isValid(ANSWER_SECONDS)) {
        return true;
      }
      session.close();
      Optional<Connection> again = lockedSession(dataSource, key);
      again.ifPresent(fresh -> session = fresh);
      return again.isPresent();
    } catch (SQLException e) {
      throw new CannotGetJdbcConnectionException("the lock on training runs was lost", e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (Connection last = session) {
      if (!last.isClosed()) {
        call(last, "select pg_advisory_unlock(?)", key);
      }
    } catch (SQLException e) {
      // A broken session has lost the lock already.
      log.warn("the lock on training runs went with its session: {}", e.getMessage());
    }
  }
}
