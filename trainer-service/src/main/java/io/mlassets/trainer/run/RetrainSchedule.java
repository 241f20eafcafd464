package io.mlassets.trainer.run;

import io.mlassets.channel.RetrainRequest;
import io.mlassets.policy.RetrainPolicy;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.support.CronTrigger;

/** Runs nobody is there for: by the policy's schedule and on request of other services. */
public final class RetrainSchedule {
  private static final Logger log = LoggerFactory.getLogger(RetrainSchedule.class);
  private final RunTraining training;
  private final DefaultRequest defaults;

  /** Runs with the defaults' pairs. */
  public RetrainSchedule(RunTraining training, DefaultRequest defaults) {
    this.training = training;
    this.defaults = defaults;
  }

  /** Plans the policy's schedule; its five fields lack the seconds Spring wants. */
  public void plan(TaskScheduler scheduler, RetrainPolicy policy) {
    scheduler.schedule(
        () -> start(Trigger.CRON, "schedule " + policy.cron()),
        new CronTrigger("0 " + policy.cron().trim(), ZoneOffset.UTC));
    log.info("runs are planned at '{}' UTC", policy.cron());
  }

  /** A service asks for a run. */
  public void requested(RetrainRequest request) {
    String reason = "%s: %s, %s".formatted(request.source(), request.reason(), request.detail());
    start(Trigger.REQUEST, reason);
  }

  private void start(Trigger trigger, String reason) {
    Optional<RunRequest> request = defaults.unattended(reason);
    if (request.isEmpty()) {
      log.warn("no run for '{}': there is no model or earlier run to take the pairs from", reason);
      return;
    }
    try {
      training.start(request.get(), trigger);
    } catch (RunInProgressException e) {
      log.info("no run for '{}': {}", reason, e.getMessage());
    }
  }
}
