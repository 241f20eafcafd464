package io.mlassets.trainer.run;

import io.mlassets.policy.RetrainPolicy;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up runs whose process is no more: their lock is free although their row is running. */
public final class OrphanedRuns {
  private static final Logger log = LoggerFactory.getLogger(OrphanedRuns.class);

  /** A living process whose session was cut takes its lock back within a second. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  private final RetrainRuns runs;
  private final DataSource dataSource;
  private final RetrainPolicy policy;
  private final AnnounceRun announce;

  /** Over one database. */
  public OrphanedRuns(
      RetrainRuns runs, DataSource dataSource, RetrainPolicy policy, AnnounceRun announce) {
    this.runs = runs;
    this.dataSource = dataSource;
    this.policy = policy;
    this.announce = announce;
  }

  /** Looks once; takes some seconds when there is one. */
  public void giveUp() {
    if (runs.running().isEmpty() || !isLockFree()) {
      return;
    }
    try {
      Thread.sleep(SETTLED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Optional<RunLock> free = RunLock.tryAcquire(dataSource);
    if (free.isPresent()) {
      try (RunLock lock = free.get()) {
        log.debug("{} held", lock);
        runs.orphans().forEach(this::giveUp);
      }
    }
  }

  private boolean isLockFree() {
    Optional<RunLock> lock = RunLock.tryAcquire(dataSource);
    lock.ifPresent(RunLock::close);
    return lock.isPresent();
  }

  private void giveUp(RetrainRun run) {
    RunStatus status =
        runs.isUnwanted(run.runId())
            ? RunStatus.ABORTED
            : RunStatus.ofFailed(Trigger.parse(run.trigger()), run.retryCount(), policy);
    String message = "the process that ran it ended without a word";
    if (runs.end(run.runId(), status, message, null)) {
      log.warn("run {} {}: {}", run.runId(), status.wire(), message);
      AnnounceRun.later(() -> announce.ended(run.runId(), status, message));
    }
  }
}
