package io.mlassets.dispatcher.archive;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts a run by the policy's {@code archive_cron}. The next slot is a row of {@code
 * audit.dispatcher_tasks}: one replica fires it, and the first that comes back one for which none
 * was there. A run that failed is made up for after a while.
 */
final class ArchiveSchedule implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ArchiveSchedule.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int MISSED_HEARTBEATS = 4;
  private final DataSource dataSource;
  private final Scheduler scheduler;
  private volatile boolean running;

  ArchiveSchedule(
      ArchiveWatch watch,
      DataSource dataSource,
      String cron,
      ArchiveSettings settings,
      Clock clock) {
    this.dataSource = dataSource;
    this.scheduler =
        Scheduler.create(dataSource)
            .startTasks(task(watch, cron, settings.retry(), clock))
            .tableName("audit.dispatcher_tasks")
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
            .pollingInterval(settings.poll())
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .threads(1)
            .shutdownMaxWait(HEARTBEAT)
            .build();
  }

  private static RecurringTask<Void> task(
      ArchiveWatch watch, String cron, Duration retry, Clock clock) {
    return Tasks.recurring("archive", schedule(cron))
        .onFailure((done, next) -> next.reschedule(done, clock.instant().plus(retry)))
        .onDeadExecution((done, next) -> next.reschedule(done, clock.instant()))
        .execute((task, context) -> watch.run());
  }

  private static CronSchedule schedule(String cron) {
    try {
      return new CronSchedule(cron.strip(), ZoneOffset.UTC, CronStyle.UNIX);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "archive_cron: '%s' is no schedule: %s".formatted(cron, e.getMessage()), e);
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofPlatform().daemon().name("archive-start").start(this::startWithDatabase);
  }

  private void startWithDatabase() {
    try {
      while (running && !databaseAnswers()) {
        Thread.sleep(HEARTBEAT);
      }
      if (running) {
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
      log.warn("the archive is not planned yet, the database is away: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void stop() {
    running = false;
    scheduler.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
