package io.mlassets.inference;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that decides. Those who bring something to decide on, each from a thread of its
 * own, wait until it is done with: so a read of bars counts as handled only once its decisions are
 * on record, and whatever went wrong goes back to who brought it and brings it again.
 */
final class DecidingThread {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().daemon().name("decisions").unstarted(work));

  /**
   * Does work after what was brought before it, and returns once it is done. An interrupt of the
   * caller does not end the wait: work that is still under way must not be brought twice.
   *
   * <p>Throws what the work throws, and {@link java.util.concurrent.RejectedExecutionException}
   * after {@link #end}.
   */
  void run(Runnable work) {
    try {
      CompletableFuture.runAsync(work, thread).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw e;
      }
    }
  }

  /** Nothing is taken in any more. */
  void end() {
    thread.shutdown();
  }
}
