package io.mlassets.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A few threads for work whose result does not depend on who does it when. */
public final class Workers implements AutoCloseable {
  private final ExecutorService executor;

  /** So many threads. */
  public Workers(int threads) {
    executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("train-", 1).factory());
  }

  /** Applies a function to every item; results in the items' order. The first failure is thrown. */
  public <I, O> List<O> map(List<I> items, Function<I, O> function) {
    List<Future<O>> futures = new ArrayList<>();
    items.forEach(item -> futures.add(executor.submit(() -> function.apply(item))));
    List<O> results = new ArrayList<>();
    try {
      for (Future<O> future : futures) {
        results.add(future.get());
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw asUnchecked(cause == null ? e : cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training", e);
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
    return results;
  }

  /** Has work done when a thread is free; a failure is thrown where the result is asked for. */
  public <T> Future<T> submit(Callable<T> work) {
    return executor.submit(work);
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
