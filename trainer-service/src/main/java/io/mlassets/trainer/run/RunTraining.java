package io.mlassets.trainer.run;

import io.mlassets.platform.observe.WatchedDuration;
import io.mlassets.policy.RetrainPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts training processes, one at a time over all replicas, and sees each to its end: the row in
 * {@code audit.retrain_runs} says the truth however the process ends.
 */
public final class RunTraining implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunTraining.class);
  private static final int KEPT_EVENTS = 20;
  private static final int CLOSING_TENTHS = 50;
  private final RetrainRuns runs;
  private final DataSource dataSource;
  private final RetrainPolicy policy;
  private final AnnounceRun announce;
  private final OrphanedRuns orphans;
  private final SettleRuns settle;
  private final FollowRun follow;
  private final WatchedDuration duration;
  private final JsonMapper json;
  private final AtomicReference<@Nullable ActiveRun> active = new AtomicReference<>();
  private final Map<UUID, RunEvents> events =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, RunEvents> eldest) {
          return size() > KEPT_EVENTS;
        }
      };

  /**
   * With all it works on.
   *
   * @param heap largest Java heap of a training process, such as {@code 1500m}
   */
  public RunTraining(
      RetrainRuns runs,
      DataSource dataSource,
      ChildSettings settings,
      String heap,
      RetrainPolicy policy,
      WatchedDuration duration,
      AnnounceRun announce,
      OrphanedRuns orphans,
      SettleRuns settle,
      JsonMapper json) {
    this.runs = runs;
    this.dataSource = dataSource;
    this.policy = policy;
    this.announce = announce;
    this.orphans = orphans;
    this.settle = settle;
    this.follow = new FollowRun(runs, settings, heap, policy, announce, json);
    this.duration = duration;
    this.json = json;
  }

  /**
   * Starts a run and returns its id at once.
   *
   * @throws RunInProgressException if one is under way anywhere
   */
  public UUID start(RunRequest request, Trigger trigger) {
    return started(request, trigger, () -> Optional.of(runs.begin(request, trigger))).orElseThrow();
  }

  /**
   * Starts the run of a slot, once however often and on however many replicas that is asked for.
   *
   * @param slot time of the schedule or of the request
   * @throws RunInProgressException if one is under way anywhere
   */
  public Optional<UUID> startOnce(RunRequest request, Trigger trigger, Instant slot) {
    return started(request, trigger, () -> runs.begin(request, trigger, slot));
  }

  /** Lets the run of a slot wait for as long as a failed one waits for its retry. */
  public void defer(RunRequest request, Trigger trigger, Instant slot, String why) {
    runs.waiting().defer(request, trigger, slot, why);
  }

  /** Records that no run can be made of a slot, and says so, once over all replicas. */
  public void refuse(Trigger trigger, Instant slot, String reason, String why) {
    runs.waiting()
        .refuse(trigger, slot, reason, why)
        .ifPresent(
            row -> {
              log.error("run {} of {} {}: {}", row.runId(), trigger.wire(), row.status(), why);
              AnnounceRun.later(() -> announce.ended(row));
            });
  }

  private Optional<UUID> started(
      RunRequest request, Trigger trigger, Supplier<Optional<UUID>> begin) {
    orphans.giveUp();
    RunLock lock =
        RunLock.tryAcquire(dataSource)
            .orElseThrow(() -> new RunInProgressException(runs.running().orElse(null), null));
    boolean followed = false;
    try {
      Optional<UUID> id = begin.get();
      if (id.isPresent()) {
        log.info("run {} by {}: {}", id.get(), trigger.wire(), request);
        follow(new ActiveRun(id.get(), request, trigger, 0, eventsOf(id.get())), lock);
        followed = true;
      }
      return id;
    } finally {
      if (!followed) {
        lock.close();
      }
    }
  }

  /**
   * Ends rows whose process is gone, does what it left undone, and starts the retry that is due; to
   * be called often.
   */
  public void lookAfter() {
    orphans.giveUp();
    settle.settle();
    runs.waiting().due(policy.retryDelay()).ifPresent(this::retry);
  }

  private void retry(RetrainRun row) {
    Optional<RunLock> lock = RunLock.tryAcquire(dataSource);
    if (lock.isEmpty()) {
      return;
    }
    boolean followed = false;
    try {
      RunRequest request = json.treeToValue(row.request(), RunRequest.class);
      Optional<Integer> retries = runs.waiting().beginAgain(row.runId());
      if (retries.isPresent()) {
        log.info("run {} is tried again", row.runId());
        Trigger trigger = Trigger.parse(row.trigger());
        follow(
            new ActiveRun(row.runId(), request, trigger, retries.get(), eventsOf(row.runId())),
            lock.get());
        followed = true;
      }
    } finally {
      if (!followed) {
        lock.get().close();
      }
    }
  }

  /**
   * Aborts a run, whichever replica or command line runs it: here at once, elsewhere within about a
   * second.
   *
   * @return false when it has ended
   */
  public boolean abort(UUID id) {
    boolean wanted = runs.requestAbort(id);
    log.info("run {} is {} on request", id, wanted ? "aborted" : "not aborted, as it has ended,");
    ActiveRun run = active.get();
    if (wanted && run != null && run.id().equals(id)) {
      run.abort(RetrainRuns.ABORTED_ON_REQUEST);
    }
    return wanted;
  }

  /** The events of a run this process looked after lately. */
  public Optional<RunEvents> events(UUID id) {
    synchronized (events) {
      return Optional.ofNullable(events.get(id));
    }
  }

  /** Of one attempt: a retry's listeners have heard how the attempt before ended. */
  private RunEvents eventsOf(UUID id) {
    RunEvents fresh = new RunEvents();
    synchronized (events) {
      events.put(id, fresh);
    }
    return fresh;
  }

  private void follow(ActiveRun run, RunLock lock) {
    active.set(run);
    Thread.ofPlatform()
        .name("retrain-" + run.id())
        .daemon()
        .start(
            () -> {
              long started = System.nanoTime();
              RunEvent end;
              try (lock) {
                end = follow.toTheEnd(run, lock);
              } finally {
                active.compareAndSet(run, null);
              }
              duration.record(Duration.ofNanos(System.nanoTime() - started));
              run.events().add(end);
            });
  }

  @Override
  public void close() {
    follow.close();
    ActiveRun run = active.get();
    if (run != null) {
      run.abort("the service was stopped");
      awaitEnd();
    }
  }

  /** The row's last word needs a database pool that is still open. */
  private void awaitEnd() {
    try {
      for (int i = 0; i < CLOSING_TENTHS && active.get() != null; i++) {
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
