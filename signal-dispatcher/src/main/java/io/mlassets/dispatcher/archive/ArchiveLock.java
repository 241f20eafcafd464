package io.mlassets.dispatcher.archive;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Held by whoever archives or restores, over all replicas and command lines: a lock of PostgreSQL
 * that ends with its session, so that a killed process leaves none.
 */
final class ArchiveLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ArchiveLock.class);
  private static final String KEY = "hashtext('core.archived_days')";
  private final Connection connection;

  private ArchiveLock(Connection connection) {
    this.connection = connection;
  }

  /** Empty while another holds it. */
  static Optional<ArchiveLock> take(DataSource dataSource) {
    try {
      Connection connection = dataSource.getConnection();
      if (ask(connection, "select pg_try_advisory_lock(" + KEY + ")")) {
        return Optional.of(new ArchiveLock(connection));
      }
      connection.close();
      return Optional.empty();
    } catch (SQLException e) {
      throw DayRows.translated("lock of the archive", e);
    }
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Override
  public void close() {
    try (connection) {
      ask(connection, "select pg_advisory_unlock(" + KEY + ")");
    } catch (SQLException e) {
      log.warn("the lock of the archive ended with its session: {}", e.getMessage());
    }
  }
}
