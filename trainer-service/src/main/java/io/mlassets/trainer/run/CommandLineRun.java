package io.mlassets.trainer.run;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of the command line: this process trains and keeps the row at the same time. */
public final class CommandLineRun {
  private static final Logger log = LoggerFactory.getLogger(CommandLineRun.class);

  /** How long the end of a run waits for a database that is away. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Whoever stopped it wants it gone. */
  private static final Duration WHEN_STOPPED = Duration.ofSeconds(5);

  /** Slack is told within this or, by a trainer, later. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final UUID id;
  private final RetrainRuns runs;
  private final AnnounceRun announce;
  private final AtomicBoolean ended = new AtomicBoolean();

  private CommandLineRun(UUID id, RetrainRuns runs, AnnounceRun announce) {
    this.id = id;
    this.runs = runs;
    this.announce = announce;
  }

  /**
   * Writes the running row. From its first moment a signal (Ctrl-C, SIGTERM) aborts the run.
   *
   * @throws RunInProgressException if another row is running
   */
  public static CommandLineRun begin(RunRequest request, RetrainRuns runs, AnnounceRun announce) {
    CompletableFuture<CommandLineRun> begun = new CompletableFuture<>();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> begun.handle((run, none) -> run != null && run.stoppedBySignal()).join(),
                "abort-at-signal"));
    try {
      CommandLineRun run = new CommandLineRun(runs.begin(request, Trigger.CLI), runs, announce);
      begun.complete(run);
      return run;
    } finally {
      begun.cancel(false);
    }
  }

  /** Of the row. */
  public UUID id() {
    return id;
  }

  /** Trains, and records how that ends. */
  public RunOutcome toTheEnd(Supplier<RunOutcome> training) {
    try {
      RunOutcome outcome = training.get();
      ended.set(true);
      announce.ended(id);
      return outcome;
    } catch (RuntimeException | Error e) {
      if (ended.compareAndSet(false, true)) {
        record(RunStatus.FAILED, e instanceof Error ? e.toString() : message(e), PATIENCE);
        announce.ended(id);
      }
      throw e;
    }
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }

  private boolean stoppedBySignal() {
    return stopped(RunStatus.ABORTED, "ended by a signal");
  }

  /** Ends the process with {@link ExitCode#ABORTED}, unless the run is ending by itself. */
  public void abort() {
    if (stopped(RunStatus.ABORTED, RetrainRuns.ABORTED_ON_REQUEST)) {
      Runtime.getRuntime().halt(ExitCode.ABORTED);
    }
  }

  /** False when the run has ended before. */
  private boolean stopped(RunStatus status, String message) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    record(status, message, WHEN_STOPPED);
    Thread words = AnnounceRun.later(() -> announce.ended(id));
    try {
      words.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private void record(RunStatus status, String message, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    try {
      WhenDatabaseAnswers.get(
          "run %s %s".formatted(id, status.wire()),
          () -> System.nanoTime() < until,
          () -> runs.end(id, status, message, Resources.ofThisProcess()));
    } catch (RuntimeException e) {
      // The lock goes with this process, and a trainer finds the row an orphan.
      log.error("the end of run {} could not be recorded", id, e);
    }
  }
}
