package io.mlassets.trainer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Waits for what others do: looks often, and gives up so late that no slow machine is a failure.
 */
final class Patience {
  /** For what takes a training run at most. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private static final long LOOKS_MILLIS = 50;

  private Patience() {}

  /** What a look finds, as soon as it does. */
  static <T> T await(String what, Callable<Optional<T>> look) throws Exception {
    long until = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Optional<T> found = look.call();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > until) {
        throw new AssertionError("not within %s: %s".formatted(LIMIT, what));
      }
      Thread.sleep(LOOKS_MILLIS);
    }
  }

  /** Until it is so. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    await(what, () -> condition.call() ? Optional.of(what) : Optional.empty());
  }

  /** Until a process has ended; its exit code. */
  static int exitCode(Process process) throws Exception {
    until("the end of a process", () -> !process.isAlive());
    return process.exitValue();
  }
}
