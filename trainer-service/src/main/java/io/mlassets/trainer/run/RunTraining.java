package io.mlassets.trainer.run;

import io.mlassets.platform.observe.WatchedDuration;
import io.mlassets.policy.RetrainPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts training processes, one at a time over all replicas, and sees each to its end: the row in
 * {@code audit.retrain_runs} says the truth however the process ends.
 */
public final class RunTraining implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunTraining.class);
  private static final int KEPT_EVENTS = 20;
  private final RetrainRuns runs;
  private final DataSource dataSource;
  private final ChildSettings settings;
  private final String heap;
  private final RetrainPolicy policy;
  private final TaskScheduler scheduler;
  private final WatchedDuration duration;
  private final AnnounceRun announce;
  private final JsonMapper json;
  private final AtomicReference<@Nullable ActiveRun> active = new AtomicReference<>();
  private final Map<UUID, RunEvents> events =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, RunEvents> eldest) {
          return size() > KEPT_EVENTS;
        }
      };
  private volatile boolean closed;

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
      TaskScheduler scheduler,
      WatchedDuration duration,
      AnnounceRun announce,
      JsonMapper json) {
    this.runs = runs;
    this.dataSource = dataSource;
    this.settings = settings;
    this.heap = heap;
    this.policy = policy;
    this.scheduler = scheduler;
    this.duration = duration;
    this.announce = announce;
    this.json = json;
  }

  /**
   * Starts a run and returns its id at once.
   *
   * @throws RunInProgressException if one is under way anywhere
   */
  public UUID start(RunRequest request, Trigger trigger) {
    RunLock lock = lock();
    try {
      int orphans = runs.failOrphans();
      if (orphans > 0) {
        log.warn("{} run had ended without a word", orphans);
      }
      UUID id = runs.begin(request, trigger);
      log.info("run {} by {}: {}", id, trigger.wire(), request);
      follow(new ActiveRun(id, request, trigger, 0, eventsOf(id)), lock);
      return id;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private RunLock lock() {
    return RunLock.tryAcquire(dataSource)
        .orElseThrow(() -> new RunInProgressException(runs.running().orElse(null)));
  }

  /** Ends rows of runs whose process is gone; called when the service starts. */
  public void recover() {
    RunLock.tryAcquire(dataSource)
        .ifPresent(
            lock -> {
              try (lock) {
                int orphans = runs.failOrphans();
                if (orphans > 0) {
                  log.warn("{} run was found running and had no process", orphans);
                }
              }
            });
    for (RetrainRun run : runs.retrying()) {
      RunRequest request = json.treeToValue(run.request(), RunRequest.class);
      Trigger trigger = Trigger.valueOf(run.trigger().toUpperCase(java.util.Locale.ROOT));
      retryLater(
          new ActiveRun(run.runId(), request, trigger, run.retryCount(), eventsOf(run.runId())));
    }
  }

  /**
   * Aborts a run this process looks after.
   *
   * @return false when it is not the one running here
   */
  public boolean abort(UUID id) {
    ActiveRun run = active.get();
    if (run == null || !run.id().equals(id)) {
      return false;
    }
    log.info("run {} is aborted on request", id);
    run.abort();
    return true;
  }

  /** The events of a run this process looked after lately. */
  public Optional<RunEvents> events(UUID id) {
    synchronized (events) {
      return Optional.ofNullable(events.get(id));
    }
  }

  private RunEvents eventsOf(UUID id) {
    synchronized (events) {
      return events.computeIfAbsent(id, key -> new RunEvents());
    }
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
                end = toTheEnd(run);
              } finally {
                active.compareAndSet(run, null);
              }
              duration.record(Duration.ofNanos(System.nanoTime() - started));
              run.events().add(end);
            });
  }

  private RunEvent toTheEnd(ActiveRun run) {
    AtomicReference<@Nullable RunEvent> last = new AtomicReference<>();
    String message;
    int code = ExitCode.FAILED;
    try {
      ChildProcess child = ChildProcess.start(run.id(), run.request(), settings, heap, json);
      run.runs(child);
      code =
          child.follow(
              event -> {
                last.set(event);
                if (event.outcome() == null && event.error() == null) {
                  run.events().add(event);
                }
              });
      message = message(code, last.get(), child);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      message = "the service was interrupted";
    } catch (RuntimeException e) {
      log.error("run {} could not be followed", run.id(), e);
      message = String.valueOf(e.getMessage());
    }
    return recorded(run, code, last.get(), message);
  }

  private RunEvent recorded(ActiveRun run, int code, @Nullable RunEvent last, String message) {
    RunOutcome outcome = last == null ? null : last.outcome();
    try {
      if (code == ExitCode.DONE && outcome != null) {
        runs.succeed(run.id(), outcome);
        tell(() -> announce.succeeded(run.id(), outcome));
        log.info("run {}: {} {}", run.id(), outcome.modelVersion(), outcome.verdict());
        return RunEvent.success(outcome);
      }
      RunStatus status = status(run, code);
      String text = run.isAborted() ? "aborted on request" : message;
      runs.end(run.id(), status, text);
      tell(() -> announce.ended(run.id(), status, text));
      log.error("run {} {}: {}", run.id(), status.wire(), text);
      if (status == RunStatus.RETRYING) {
        retryLater(run);
      }
      return RunEvent.ended(status.wire(), text);
    } catch (RuntimeException e) {
      // The row stays running and is found an orphan: by then the lock is free.
      log.error("the end of run {} could not be recorded", run.id(), e);
      return RunEvent.ended(RunStatus.FAILED.wire(), "the run's end could not be recorded");
    }
  }

  /** On a thread of its own: Slack may be slow or down. */
  private static void tell(Runnable words) {
    Thread.ofVirtual().name("announce").start(words);
  }

  private RunStatus status(ActiveRun run, int code) {
    if (run.isAborted()) {
      return RunStatus.ABORTED;
    }
    boolean again =
        run.trigger().isUnattended()
            && code != ExitCode.USAGE
            && !closed
            && run.attempt() < policy.retryMax();
    return again ? RunStatus.RETRYING : RunStatus.FAILED;
  }

  private void retryLater(ActiveRun failed) {
    scheduler.schedule(
        () -> retry(failed), scheduler.getClock().instant().plus(policy.retryDelay()));
  }

  private void retry(ActiveRun failed) {
    Optional<RunLock> lock = RunLock.tryAcquire(dataSource);
    if (lock.isEmpty()) {
      retryLater(failed);
      return;
    }
    try {
      runs.failOrphans();
      if (!runs.beginAgain(failed.id())) {
        lock.get().close();
        return;
      }
      log.info("run {} is tried again", failed.id());
      follow(
          new ActiveRun(
              failed.id(),
              failed.request(),
              failed.trigger(),
              failed.attempt() + 1,
              failed.events()),
          lock.get());
    } catch (RuntimeException e) {
      lock.get().close();
      throw e;
    }
  }

  private static String message(int code, @Nullable RunEvent last, ChildProcess child) {
    if (last != null && last.error() != null) {
      return last.error();
    }
    return "the training process ended with exit code %d: %s".formatted(code, child.lastErrors());
  }

  @Override
  public void close() {
    closed = true;
    ActiveRun run = active.get();
    if (run != null) {
      run.abort();
    }
  }
}
