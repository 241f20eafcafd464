package io.mlassets.platform.database;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recurring tasks whose next time is a row of a table (db-scheduler): of all replicas one does
 * each, and one for which none was there is done by the first that comes back. A replica that
 * misses four heartbeats is dead, and another takes up what it had picked.
 */
public final class PlannedTasks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PlannedTasks.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int MISSED_HEARTBEATS = 4;
  private final DataSource dataSource;
  private final String table;
  private final Scheduler scheduler;
  private volatile boolean closed;

  /**
   * All tasks of a table: each process that works on it must know all of them.
   *
   * @param poll time between two looks at the table
   * @param threads how many may be done at a time
   */
  public PlannedTasks(
      DataSource dataSource,
      String table,
      Duration poll,
      int threads,
      List<RecurringTask<Void>> tasks) {
    this.dataSource = dataSource;
    this.table = table;
    this.scheduler =
        Scheduler.create(dataSource)
            .startTasks(tasks)
            .tableName(table)
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
            .pollingInterval(poll)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .threads(threads)
            .shutdownMaxWait(HEARTBEAT)
            .build();
  }

  /** Starts as soon as the database answers; returns at once. */
  public void start() {
    Thread.ofPlatform().daemon().name("planned-tasks").start(this::startWithDatabase);
  }

  private void startWithDatabase() {
    try {
      while (!closed && !databaseAnswers()) {
        Thread.sleep(HEARTBEAT);
      }
      if (!closed) {
        scheduler.start();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean databaseAnswers() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      log.warn("nothing of {} is done yet, the database is away: {}", table, e.getMessage());
      return false;
    }
  }

  /** Waits for what is under way, but no longer than a heartbeat. */
  @Override
  public void close() {
    closed = true;
    scheduler.stop();
  }
}
