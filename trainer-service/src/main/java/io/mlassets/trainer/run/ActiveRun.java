package io.mlassets.trainer.run;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A run this process looks after. */
final class ActiveRun {
  private final UUID id;
  private final RunRequest request;
  private final Trigger trigger;
  private final int attempt;
  private final RunEvents events;
  private final AtomicReference<@Nullable String> aborted = new AtomicReference<>();
  private final AtomicReference<@Nullable ChildProcess> child = new AtomicReference<>();
  private final AtomicReference<@Nullable Resources> used = new AtomicReference<>();
  private volatile long startedNanos;

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

  /** Why it was ended from outside; null when it was not. */
  @Nullable String aborted() {
    return aborted.get();
  }

  /** What its process had used when it was last looked at; null before. */
  @Nullable Resources used() {
    return used.get();
  }

  void runs(ChildProcess process) {
    startedNanos = System.nanoTime();
    child.set(process);
    if (aborted.get() != null) {
      process.stop();
    }
  }

  void measure() {
    ChildProcess process = child.get();
    if (process != null && process.handle().isAlive()) {
      Duration running = Duration.ofNanos(System.nanoTime() - startedNanos);
      Resources now = Resources.of(process.handle(), running);
      used.updateAndGet(now::most);
    }
  }

  /** Ends the run from outside; the first reason stays. */
  void abort(String why) {
    aborted.compareAndSet(null, why);
    ChildProcess process = child.get();
    if (process != null) {
      process.stop();
    }
  }
}
