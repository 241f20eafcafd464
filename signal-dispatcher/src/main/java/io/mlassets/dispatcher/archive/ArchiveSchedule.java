package io.mlassets.dispatcher.archive;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import io.mlassets.platform.database.PlannedTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;

/**
 * Starts a run by the policy's {@code archive_cron}. The next slot is a row of {@code
 * audit.dispatcher_tasks}: one replica fires it, and the first that comes back one for which none
 * was there. A run that failed is made up for after a while.
 */
final class ArchiveSchedule implements SmartLifecycle {
  private final PlannedTasks tasks;
  private volatile boolean running;

  ArchiveSchedule(
      ArchiveWatch watch,
      DataSource dataSource,
      String cron,
      ArchiveSettings settings,
      Clock clock) {
    this.tasks =
        new PlannedTasks(
            dataSource,
            "audit.dispatcher_tasks",
            settings.poll(),
            1,
            List.of(task(watch, cron, settings.retry(), clock)));
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
    tasks.start();
  }

  @Override
  public void stop() {
    running = false;
    tasks.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
