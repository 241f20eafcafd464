package io.mlassets.trainer.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to run, over all replicas and the command line: a PostgreSQL advisory lock of one
 * session. It goes with the process that holds it, however that ends; so whoever gets it knows that
 * rows still {@code running} are orphans.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunLock.class);
  private static final long KEY = 0x6d6c_7472_6169_6e31L;
  private final Connection session;

  private RunLock(Connection session) {
    this.session = session;
  }

  /** The lock, empty when another session has it. */
  public static Optional<RunLock> tryAcquire(DataSource dataSource) {
    try {
      Connection session = dataSource.getConnection();
      boolean locked = false;
      try {
        locked = call(session, "select pg_try_advisory_lock(?)");
      } finally {
        if (!locked) {
          session.close();
        }
      }
      return locked ? Optional.of(new RunLock(session)) : Optional.empty();
    } catch (SQLException e) {
      throw new org.springframework.jdbc.CannotGetJdbcConnectionException(
          "the lock on training runs could not be asked for", e);
    }
  }

  private static boolean call(Connection session, String sql) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(sql)) {
      statement.setLong(1, KEY);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public void close() {
    try (session) {
      call(session, "select pg_advisory_unlock(?)");
    } catch (SQLException e) {
      // A broken session has lost the lock already.
      log.warn("the lock on training runs went with its session: {}", e.getMessage());
    }
  }
}
