package io.mlassets.trainer.retune;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import java.time.ZoneOffset;
import java.util.List;

/** The policy's {@code theta_cron} as a task of the trainer's schedule. */
public final class RetuneSlots {
  private RetuneSlots() {}

  /** None when the policy has no schedule. However an attempt to fire ends, its slot stays. */
  public static List<RecurringTask<Void>> of(String cron, RunRetuning retuning) {
    if (cron.isBlank()) {
      return List.of();
    }
    return List.of(
        Tasks.recurring("retune", new CronSchedule(cron, ZoneOffset.UTC, CronStyle.UNIX))
            .onFailure((done, next) -> next.reschedule(done, done.getExecution().executionTime))
            .onDeadExecution(
                (done, next) -> next.reschedule(done, done.getExecution().executionTime))
            .execute((task, context) -> retuning.runSlot(context.getExecution().executionTime)));
  }
}
