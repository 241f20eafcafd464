package io.mlassets.trainer.retune;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.trainer.run.RunLock;
import io.mlassets.trainer.run.Trigger;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees attempts at re-tuning to their end, one at a time over all replicas and the command line:
 * the row says the truth, Slack and a counter are told.
 */
public final class RunRetuning {
  private static final Logger log = LoggerFactory.getLogger(RunRetuning.class);
  private static final int MOST_THREADS = 8;
  private final RetuneThresholds retune;
  private final ThetaRuns runs;
  private final DataSource dataSource;
  private final AnnounceRetuning announce;
  private final MeterRegistry meters;

  /**
   * With all it works on.
   *
   * @param meters counts ends as {@code retunes_total} by outcome: adopted, held or failed
   */
  public RunRetuning(
      RetuneThresholds retune,
      ThetaRuns runs,
      DataSource dataSource,
      AnnounceRetuning announce,
      MeterRegistry meters) {
    this.retune = retune;
    this.runs = runs;
    this.dataSource = dataSource;
    this.announce = announce;
    this.meters = meters;
  }

  /** An attempt that has begun, and the lock it holds. */
  private record Begun(UUID id, Trigger trigger, RunLock lock) {}

  /** Begins an attempt and returns its id at once; empty when one is under way anywhere. */
  public Optional<UUID> start(Trigger trigger) {
    Optional<Begun> begun = begin(trigger, null);
    begun.ifPresent(
        run -> Thread.ofPlatform().daemon().name("retune-" + run.id()).start(() -> toTheEnd(run)));
    return begun.map(Begun::id);
  }

  /** The same, and returns when it has ended. */
  public Optional<UUID> runNow(Trigger trigger) {
    Optional<Begun> begun = begin(trigger, null);
    begun.ifPresent(this::toTheEnd);
    return begun.map(Begun::id);
  }

  /**
   * The attempt of a slot, once however often and on however many replicas that is asked for. One
   * that is under way looks at the same bars, so the slot is left to it.
   */
  void runSlot(Instant slot) {
    begin(Trigger.CRON, slot)
        .ifPresentOrElse(
            this::toTheEnd,
            () -> log.info("re-tuning: slot {} has had its run, or one is under way", slot));
  }

  private Optional<Begun> begin(Trigger trigger, @Nullable Instant slot) {
    Optional<RunLock> free = RunLock.tryAcquireForRetuning(dataSource);
    if (free.isEmpty()) {
      return Optional.empty();
    }
    RunLock lock = free.get();
    boolean begun = false;
    try {
      Optional<UUID> id = runs.begin(trigger, slot);
      begun = id.isPresent();
      return id.map(known -> new Begun(known, trigger, lock));
    } finally {
      if (!begun) {
        lock.close();
      }
    }
  }

  private void toTheEnd(Begun run) {
    Runnable words;
    RunLock lock = run.lock();
    try (lock) {
      words = end(run);
    }
    words.run();
  }

  /** What is to be told of the end; nobody else has to wait for that. */
  private Runnable end(Begun run) {
    try {
      ThetaOutcome outcome =
          retune.run(
              run.id(),
              run.trigger(),
              Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
      log.info("re-tuning {} {}: {}", run.id(), outcome.wire(), outcome.verdict().reasons());
      count(outcome.wire());
      return () -> announce.ended(run.id(), outcome);
    } catch (RuntimeException e) {
      log.error("re-tuning {} failed", run.id(), e);
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      runs.fail(run.id(), message);
      count("failed");
      return () -> announce.failed(run.id(), message);
    }
  }

  private void count(String outcome) {
    meters.counter("retunes_total", "outcome", outcome).increment();
  }
}
