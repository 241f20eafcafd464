package io.mlassets.trainer.search;

import io.mlassets.trainer.Workers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes the trials of a study, as many at a time as its window and the workers allow. */
public final class RunStudy {
  private final Study study;
  private final Pruner pruner;
  private final TrialLog log;

  /** Attempts hold it for reading. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  /** A study whose trials are pruned and written down as they end. */
  public RunStudy(Study study, Pruner pruner, TrialLog log) {
    this.study = study;
    this.pruner = pruner;
    this.log = log;
  }

  /** One trial. */
  @FunctionalInterface
  public interface Attempt {

    /**
     * Tries a proposal; called from the workers' threads.
     *
     * @param isHopeless whether to give up, by the values shown so far
     */
    Trial run(Proposal proposal, Predicate<List<Double>> isHopeless);
  }

  /**
   * Makes trials until there are {@code count}; those in the log are not made again. The first
   * failure of an attempt is thrown when no attempt runs any more.
   */
  public void run(int count, Workers workers, Attempt attempt) throws InterruptedException {
    run(count, workers, attempt, () -> {});
  }

  /** The same; {@code afterTrial} is told of each trial, made or known. */
  public void run(int count, Workers workers, Attempt attempt, Runnable afterTrial)
      throws InterruptedException {
    List<Trial> known = log.trials();
    Deque<Future<Trial>> running = new ArrayDeque<>();
    try {
      for (int number = 0; number < count; number++) {
        if (running.size() == study.window()) {
          study.tell(ended(running.removeFirst()));
        }
        Proposal proposal = study.ask();
        List<Trial> seen = study.seenBy(number);
        running.add(
            workers.submit(
                () -> {
                  Trial trial = knownOr(known, proposal, () -> attempted(proposal, seen, attempt));
                  afterTrial.run();
                  return trial;
                }));
      }
      while (!running.isEmpty()) {
        study.tell(ended(running.removeFirst()));
      }
    } finally {
      // What attempts work on is closed after a failure: none may still run on it.
      open.writeLock().lock();
      closed = true;
      open.writeLock().unlock();
    }
  }

  private static Trial knownOr(List<Trial> known, Proposal proposal, Supplier<Trial> attempt) {
    for (Trial trial : known) {
      if (trial.number() == proposal.number() && trial.params().equals(proposal.params())) {
        return trial;
      }
    }
    return attempt.get();
  }

  private Trial attempted(Proposal proposal, List<Trial> seen, Attempt attempt) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new CancellationException("the study ended");
      }
      Trial trial =
          attempt.run(
              proposal, shown -> pruner.givesUp(proposal.number(), shown, seen, study.goal()));
      log.add(trial);
      return trial;
    } finally {
      open.readLock().unlock();
    }
  }

  private static Trial ended(Future<Trial> trial) throws InterruptedException {
    try {
      return trial.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Error error -> throw error;
        case RuntimeException runtime -> throw runtime;
        case null, default -> throw new IllegalStateException("a trial failed", e);
      }
    }
  }
}
