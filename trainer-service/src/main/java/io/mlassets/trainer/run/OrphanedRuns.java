package io.mlassets.trainer.run;

import io.mlassets.policy.RetrainPolicy;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** Gives up runs whose process is no more: their lock is free although their row is running. */
public final class OrphanedRuns {
  private static final Logger log = LoggerFactory.getLogger(OrphanedRuns.class);

  private static final Duration LOOKS = Duration.ofSeconds(1);

  private final RetrainRuns runs;
  private final DataSource dataSource;
  private final RetrainPolicy policy;
  private final AnnounceRun announce;
  private final Duration settled;

  /**
   * Over one database.
   *
   * @param settled how long the lock must be free: a living process whose session was cut, or whose
   *     server recovered from a crash, takes it back as soon as its pool has a connection again
   */
  public OrphanedRuns(
      RetrainRuns runs,
      DataSource dataSource,
      RetrainPolicy policy,
      AnnounceRun announce,
      Duration settled) {
    this.settled = settled;
    this.runs = runs;
    this.dataSource = dataSource;
    this.policy = policy;
    this.announce = announce;
  }

  /** {@code TRAINING_SETTLED} of the environment. */
  public static Duration settled(Environment environment) {
    return environment.getProperty("training.settled", Duration.class, Duration.ofSeconds(15));
  }

  /** Looks once; takes as long as the lock must be free when there is one. */
  public void giveUp() {
    if (runs.running().isEmpty() || !staysFree()) {
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

  private boolean staysFree() {
    long until = System.nanoTime() + settled.toNanos();
    try {
      while (isLockFree()) {
        if (System.nanoTime() >= until) {
          return true;
        }
        Thread.sleep(LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private boolean isLockFree() {
    Optional<RunLock> lock = RunLock.tryAcquire(dataSource);
    lock.ifPresent(RunLock::close);
    return lock.isPresent();
  }

  private void giveUp(RetrainRun run) {
    RunStatus status = RunStatus.ofFailed(Trigger.parse(run.trigger()), run.retryCount(), policy);
    runs.end(run.runId(), status, "the process that ran it ended without a word", null)
        .ifPresent(
            row -> {
              log.warn("run {} {}: {}", row.runId(), row.status(), row.errorMessage());
              AnnounceRun.later(() -> announce.ended(row));
            });
  }
}
