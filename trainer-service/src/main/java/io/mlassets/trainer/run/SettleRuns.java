package io.mlassets.trainer.run;

import io.mlassets.model.ModelVersion;
import io.mlassets.trainer.transfer.DeliverBundle;
import io.mlassets.trainer.transfer.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a process was killed before it came to: gives a staged bundle its name, or takes it
 * away, and announces the end of its run.
 */
public final class SettleRuns {
  private static final Logger log = LoggerFactory.getLogger(SettleRuns.class);

  /** A living process needs longer only while Slack is down, and then nobody is told twice. */
  private static final Duration ANNOUNCING = Duration.ofMinutes(1);

  private final RetrainRuns runs;
  private final DataSource dataSource;
  private final @Nullable DeliverBundle server;
  private final AnnounceRun announce;
  private final Clock clock;

  /** Over one database, to the same server as the runs. */
  public SettleRuns(
      RetrainRuns runs,
      DataSource dataSource,
      @Nullable DeliverBundle server,
      AnnounceRun announce,
      Clock clock) {
    this.runs = runs;
    this.dataSource = dataSource;
    this.server = server;
    this.announce = announce;
    this.clock = clock;
  }

  /** Looks once; takes as long as the server where something is left to deliver. */
  public void settle() {
    deliver();
    for (RetrainRun row : runs.ended().takeUnannounced(clock.instant().minus(ANNOUNCING))) {
      log.info("run {} {} is announced late", row.runId(), row.status());
      AnnounceRun.later(() -> announce.tell(row));
    }
  }

  /** Under the lock: a run that is being delivered by its own process holds it. */
  private void deliver() {
    DeliverBundle to = server;
    if (to == null || runs.ended().undelivered().isEmpty()) {
      return;
    }
    Optional<RunLock> free = RunLock.tryAcquire(dataSource);
    if (free.isPresent()) {
      try (RunLock lock = free.get()) {
        log.debug("{} held", lock);
        runs.ended().undelivered().forEach(row -> deliver(to, row));
      }
    }
  }

  private void deliver(DeliverBundle to, RetrainRun row) {
    ModelVersion version = new ModelVersion(Objects.requireNonNull(row.modelVersion()));
    Delivery delivery = Delivery.interrupted(to, version);
    delivery.decided("adopted".equals(row.verdict()));
    runs.ended().delivered(row.runId(), delivery.state());
    log.info("run {}: bundle {} {}", row.runId(), version, delivery.state());
  }
}
