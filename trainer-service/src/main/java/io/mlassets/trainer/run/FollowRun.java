package io.mlassets.trainer.run;

import io.mlassets.policy.RetrainPolicy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import tools.jackson.databind.json.JsonMapper;

/** Starts a training process and sees it to its end; the run's row says how that was. */
final class FollowRun {
  private static final Logger log = LoggerFactory.getLogger(FollowRun.class);
  static final String ON_REQUEST = "aborted on request";
  private static final long DATABASE_PAUSE_MILLIS = 2_000;
  private final RetrainRuns runs;
  private final ChildSettings settings;
  private final String heap;
  private final RetrainPolicy policy;
  private final AnnounceRun announce;
  private final JsonMapper json;
  private volatile boolean closed;

  FollowRun(
      RetrainRuns runs,
      ChildSettings settings,
      String heap,
      RetrainPolicy policy,
      AnnounceRun announce,
      JsonMapper json) {
    this.runs = runs;
    this.settings = settings;
    this.heap = heap;
    this.policy = policy;
    this.announce = announce;
    this.json = json;
  }

  /** From now on nobody waits for the database. */
  void close() {
    closed = true;
  }

  /** Takes as long as the run, and the database's absence after it. */
  RunEvent toTheEnd(ActiveRun run, RunLock lock) {
    AtomicReference<@Nullable RunEvent> last = new AtomicReference<>();
    try (WatchRun watch =
        new WatchRun(runs, lock, run.id(), () -> run.abort(ON_REQUEST), run::measure)) {
      log.debug("{} watches", watch);
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
  }

  private RunEvent recorded(ActiveRun run, int code, @Nullable RunEvent last, String message) {
    RunOutcome outcome = last == null ? null : last.outcome();
    if (code == ExitCode.DONE && outcome != null) {
      // The row was written with the candidate.
      log.info("run {}: {} {}", run.id(), outcome.modelVersion(), outcome.verdict());
      AnnounceRun.later(() -> announce.succeeded(run.id(), outcome));
      return RunEvent.success(outcome);
    }
    RunStatus status = status(run, code);
    String aborted = run.aborted();
    String text = aborted == null ? message : aborted;
    try {
      if (!end(run, status, text)) {
        return asRecorded(run, text);
      }
      log.error("run {} {}: {}", run.id(), status.wire(), text);
      AnnounceRun.later(() -> announce.ended(run.id(), status, text));
      return RunEvent.ended(status.wire(), text);
    } catch (RuntimeException e) {
      // The row stays running and is found an orphan.
      log.error("the end of run {} could not be recorded", run.id(), e);
      return RunEvent.ended(RunStatus.FAILED.wire(), "the run's end could not be recorded");
    }
  }

  /** Its candidate was stored before the process ended, or another process gave the run up. */
  private RunEvent asRecorded(ActiveRun run, String text) {
    RetrainRun row = runs.find(run.id()).orElseThrow();
    log.warn("run {} is {} although its process ended with: {}", run.id(), row.status(), text);
    if (row.modelVersion() != null) {
      String words = "model %s %s; then %s".formatted(row.modelVersion(), row.verdict(), text);
      AnnounceRun.later(() -> announce.ended(run.id(), RunStatus.SUCCESS, words));
    }
    return RunEvent.ended(row.status(), row.errorMessage());
  }

  private boolean end(ActiveRun run, RunStatus status, String text) {
    while (true) {
      try {
        return runs.end(run.id(), status, text, run.used());
      } catch (DataAccessResourceFailureException e) {
        if (closed) {
          throw e;
        }
        log.warn("run {} {}, to be recorded when the database is back", run.id(), status.wire());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(DATABASE_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the database was away", e);
    }
  }

  private RunStatus status(ActiveRun run, int code) {
    if (code == ExitCode.USAGE) {
      return RunStatus.FAILED;
    }
    RunStatus failed = RunStatus.ofFailed(run.trigger(), run.attempt(), policy);
    if (run.aborted() == null) {
      return failed;
    }
    // Nobody wanted the end of a run that a restart of the service interrupts.
    return closed && failed == RunStatus.RETRYING ? failed : RunStatus.ABORTED;
  }

  private static String message(int code, @Nullable RunEvent last, ChildProcess child) {
    if (last != null && last.error() != null) {
      return last.error();
    }
    return "the training process ended with exit code %d: %s".formatted(code, child.lastErrors());
  }
}
