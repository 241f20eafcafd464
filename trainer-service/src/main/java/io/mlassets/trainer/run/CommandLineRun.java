package io.mlassets.trainer.run;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of the command line: this process trains and keeps the row at the same time. */
public final class CommandLineRun {
  private static final Logger log = LoggerFactory.getLogger(CommandLineRun.class);
  private final UUID id;
  private final RetrainRuns runs;
  private final AnnounceRun announce;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** A running row. */
  public CommandLineRun(UUID id, RetrainRuns runs, AnnounceRun announce) {
    this.id = id;
    this.runs = runs;
    this.announce = announce;
  }

  /** Trains, and records how that ends; a signal (Ctrl-C, SIGTERM) aborts the run. */
  public RunOutcome toTheEnd(Supplier<RunOutcome> training) {
    Thread atSignal =
        new Thread(() -> end(RunStatus.ABORTED, "ended by a signal"), "abort-at-signal");
    Runtime.getRuntime().addShutdownHook(atSignal);
    try {
      RunOutcome outcome = training.get();
      ended.set(true);
      announce.succeeded(id, outcome);
      return outcome;
    } catch (RuntimeException e) {
      end(RunStatus.FAILED, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Ends the process with {@link ExitCode#ABORTED}. */
  public void abort() {
    end(RunStatus.ABORTED, FollowRun.ON_REQUEST);
    Runtime.getRuntime().halt(ExitCode.ABORTED);
  }

  private void end(RunStatus status, String message) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      if (runs.end(id, status, message, Resources.ofThisProcess())) {
        announce.ended(id, status, message);
      }
    } catch (RuntimeException e) {
      // The lock goes with this process, and a trainer finds the row an orphan.
      log.error("the end of run {} could not be recorded", id, e);
    }
  }
}
