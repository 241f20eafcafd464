package io.mlassets.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A few threads for work whose result does not depend on who does it when. */
public final class Workers implements AutoCloseable {
  private final ExecutorService executor;
  private final int threads;
  private final AtomicInteger unfinished = new AtomicInteger();

  /** So many threads. */
  public Workers(int threads) {
    this.threads = threads;
    executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("train-", 1).factory());
  }

  /** Applies a function to every item; results in the items' order. The first failure is thrown. */
  public <I, O> List<O> map(List<I> items, Function<I, O> function) {
    List<Future<O>> futures = new ArrayList<>();
    items.forEach(item -> futures.add(submit(() -> function.apply(item))));
    List<O> results = new ArrayList<>();
    try {
      for (Future<O> future : futures) {
        results.add(resultOf(future));
      }
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
    return results;
  }

  /** Has work done when a thread is free; a failure is thrown where the result is asked for. */
  public <T> Future<T> submit(Callable<T> work) {
    unfinished.incrementAndGet();
    return begin(work);
  }

  /** Has work done at once by a thread that has nothing to do; empty when there is none. */
  public <T> Optional<Future<T>> submitIfIdle(Callable<T> work) {
    int busy = unfinished.getAndUpdate(now -> now < threads ? now + 1 : now);
    return busy < threads ? Optional.of(begin(work)) : Optional.empty();
  }

  private <T> Future<T> begin(Callable<T> work) {
    FutureTask<T> task =
        new FutureTask<>(work) {
          @Override
          protected void done() {
            unfinished.decrementAndGet();
          }
        };
    executor.execute(task);
    return task;
  }

  /** Waits for a result; the work's failure is thrown. */
  public static <T> T resultOf(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw asUnchecked(cause == null ? e : cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training", e);
    }
  }

  private static RuntimeException asUnchecked(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("a worker failed", cause);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
