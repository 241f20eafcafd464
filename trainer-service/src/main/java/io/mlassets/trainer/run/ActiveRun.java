package io.mlassets.trainer.run;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A run this process looks after. */
final class ActiveRun {
  private final UUID id;
  private final RunRequest request;
  private final Trigger trigger;
  private final int attempt;
  private final RunEvents events;
  private final AtomicBoolean aborted = new AtomicBoolean();
  private final AtomicReference<@Nullable ChildProcess> child = new AtomicReference<>();

  ActiveRun(UUID id, RunRequest request, Trigger trigger, int attempt, RunEvents events) {
    this.id = id;
    this.request = request;
    this.trigger = trigger;
    this.attempt = attempt;
    this.events = events;
  }

  UUID id() {
    return id;
  }

  RunRequest request() {
    return request;
  }

  Trigger trigger() {
    return trigger;
  }

  /** 0 for the first. */
  int attempt() {
    return attempt;
  }

  RunEvents events() {
    return events;
  }

  boolean isAborted() {
    return aborted.get();
  }

  void runs(ChildProcess process) {
    child.set(process);
    if (aborted.get()) {
      process.stop();
    }
  }

  /** Ends the run from outside. */
  void abort() {
    aborted.set(true);
    ChildProcess process = child.get();
    if (process != null) {
      process.stop();
    }
  }
}
