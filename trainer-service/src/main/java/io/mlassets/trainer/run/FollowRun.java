package io.mlassets.trainer.run;

import io.mlassets.policy.RetrainPolicy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Starts a training process and sees it to its end; the run's row says how that was. */
final class FollowRun {
  private static final Logger log = LoggerFactory.getLogger(FollowRun.class);
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
        new WatchRun(
            runs, lock, run.id(), () -> run.abort(RetrainRuns.ABORTED_ON_REQUEST), run::measure)) {
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
      AnnounceRun.later(() -> announce.ended(run.id()));
      return RunEvent.success(outcome);
    }
    RunStatus status = status(run, code);
    String aborted = run.aborted();
    String text = aborted == null ? message : aborted;
    try {
      Optional<RetrainRun> ended =
          WhenDatabaseAnswers.get(
              "run %s %s".formatted(run.id(), status.wire()),
              () -> !closed,
              () -> runs.end(run.id(), status, text, run.used()));
      // Its candidate was stored before the process ended, or another process gave the run up.
      RetrainRun row = ended.isPresent() ? ended.get() : runs.find(run.id()).orElseThrow();
      log.error("run {} {} after its process ended with: {}", run.id(), row.status(), text);
      AnnounceRun.later(() -> announce.ended(row));
      return RunEvent.ended(row.status(), row.errorMessage());
    } catch (RuntimeException e) {
      // The row stays running and is found an orphan.
      log.error("the end of run {} could not be recorded", run.id(), e);
      return RunEvent.ended(RunStatus.FAILED.wire(), "the run's end could not be recorded");
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
