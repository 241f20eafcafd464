package io.mlassets.trainer.run;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.mlassets.channel.RetrainRequest;
import io.mlassets.platform.database.PlannedTasks;
import io.mlassets.policy.RetrainPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Work nobody is there for: runs by the policy's schedule and on request of other services, and
 * other tasks of the same scheduler. The schedule is a row of {@code audit.scheduled_tasks}: one
 * replica fires a slot, and a slot for which none was there is fired by the first that comes back;
 * of several missed slots only the first is.
 */
public final class RetrainSchedule implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RetrainSchedule.class);

  /** How often a request looks whose the lock is, and how far apart. */
  private static final int LOOKS = 5;

  private static final Duration PAUSE = Duration.ofMillis(500);
  private final RunTraining training;
  private final DefaultRequest defaults;
  private final PlannedTasks tasks;

  /**
   * Runs with the defaults' pairs.
   *
   * @param others further tasks; all of a service must be known to the one scheduler on its table
   * @param poll time between two looks at the schedule, and at runs that wait or are orphaned
   */
  public RetrainSchedule(
      RunTraining training,
      DefaultRequest defaults,
      DataSource dataSource,
      RetrainPolicy policy,
      List<RecurringTask<Void>> others,
      Duration poll) {
    this.training = training;
    this.defaults = defaults;
    this.tasks =
        new PlannedTasks(
            dataSource,
            "audit.scheduled_tasks",
            poll,
            2 + others.size(),
            tasks(slots(policy.cron().trim()), lookAfter(poll), others));
  }

  private static List<RecurringTask<Void>> tasks(
      RecurringTask<Void> slots, RecurringTask<Void> lookAfter, List<RecurringTask<Void>> others) {
    return Stream.concat(Stream.of(slots, lookAfter), others.stream()).toList();
  }

  /** However an attempt to fire ends, the slot stays the same until it has its run. */
  private RecurringTask<Void> slots(String cron) {
    return Tasks.recurring("retrain", new CronSchedule(cron, ZoneOffset.UTC, CronStyle.UNIX))
        .onFailure((done, next) -> next.reschedule(done, done.getExecution().executionTime))
        .onDeadExecution((done, next) -> next.reschedule(done, done.getExecution().executionTime))
        .execute((task, context) -> fire("schedule " + cron, context.getExecution().executionTime));
  }

  private RecurringTask<Void> lookAfter(Duration every) {
    return Tasks.recurring("look-after-runs", FixedDelay.of(every))
        .execute((task, context) -> training.lookAfter());
  }

  /** Starts as soon as the database answers. */
  public void start() {
    tasks.start();
  }

  private void fire(String reason, Instant slot) {
    Optional<RunRequest> request = request(Trigger.CRON, slot, reason);
    if (request.isEmpty()) {
      return;
    }
    try {
      if (training.startOnce(request.get(), Trigger.CRON, slot).isEmpty()) {
        log.info("slot {} has had its run", slot);
      }
    } catch (RunInProgressException e) {
      waits(request.get(), Trigger.CRON, slot, e);
    }
  }

  /** A service asks for a run; every replica hears it. */
  public void requested(RetrainRequest asked) {
    String reason = "%s: %s, %s".formatted(asked.source(), asked.reason(), asked.detail());
    Instant slot = asked.requestedAt();
    Optional<RunRequest> request = request(Trigger.REQUEST, slot, reason);
    if (request.isEmpty()) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        training.startOnce(request.get(), Trigger.REQUEST, slot);
        return;
      } catch (RunInProgressException e) {
        // Another replica that heard it may have the lock and no row yet.
        if (e.running() != null || attempt == LOOKS) {
          waits(request.get(), Trigger.REQUEST, slot, e);
          return;
        }
        pause();
      }
    }
  }

  /** Nothing when it is the slot's own run that is under way. */
  private void waits(
      RunRequest request, Trigger trigger, Instant slot, RunInProgressException busy) {
    log.info("slot {} of {} waits: {}", slot, trigger.wire(), busy.getMessage());
    training.defer(request, trigger, slot, String.valueOf(busy.getMessage()));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Empty when no run can be made of it; the slot's row says why. */
  private Optional<RunRequest> request(Trigger trigger, Instant slot, String reason) {
    String why = "there is no model or earlier run to take the pairs from";
    try {
      Optional<RunRequest> request = defaults.unattended(reason);
      if (request.isPresent()) {
        return request;
      }
    } catch (DataAccessException e) {
      // The slot stays until the database answers.
      throw e;
    } catch (RuntimeException e) {
      log.error("no request can be made of '{}'", reason, e);
      why = String.valueOf(e.getMessage());
    }
    training.refuse(trigger, slot, reason, why);
    return Optional.empty();
  }

  @Override
  public void close() {
    tasks.close();
  }
}
