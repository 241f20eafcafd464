package io.mlassets.inference;

import io.mlassets.market.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * States between the decision thread, which hands them over and never waits, and a thread that
 * writes them: the newest of each pair. Writing waits for a pause in what comes, so that it does
 * not take the processors from the signals of a bar that is being decided on.
 *
 * @param <S> a state with what is written of it
 */
final class WaitingStates<S> {
  /** Nothing came for so long: the bar is through. */
  static final Duration QUIET = Duration.ofMillis(100);

  /** Longer than that none waits for a pause. */
  static final Duration LONGEST = Duration.ofSeconds(1);

  private final Map<Pair, S> waiting = new LinkedHashMap<>();
  private final Function<S, Pair> pairOf;
  private long firstAt;
  private long lastAt;
  private boolean closed;

  /**
   * Nothing waits yet.
   *
   * @param pairOf whose state it is
   */
  WaitingStates(Function<S, Pair> pairOf) {
    this.pairOf = pairOf;
  }

  /** Replaces what waits of these pairs. */
  synchronized void add(List<S> states) {
    long now = System.nanoTime();
    if (waiting.isEmpty()) {
      firstAt = now;
    }
    lastAt = now;
    states.forEach(state -> waiting.put(pairOf.apply(state), state));
    notifyAll();
  }

  /** These were not written; newer ones are kept. */
  synchronized void putBack(List<S> states) {
    states.forEach(state -> waiting.putIfAbsent(pairOf.apply(state), state));
  }

  /** What waits, once something does; closed, at once what is left, and then nothing. */
  synchronized List<S> take() throws InterruptedException {
    while (!closed && waiting.isEmpty()) {
      wait();
    }
    long pause = pauseNanos();
    while (!closed && pause > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, pause);
      pause = pauseNanos();
    }
    List<S> states = new ArrayList<>(waiting.values());
    waiting.clear();
    return states;
  }

  private long pauseNanos() {
    long now = System.nanoTime();
    return Math.min(lastAt + QUIET.toNanos() - now, firstAt + LONGEST.toNanos() - now);
  }

  /** Nobody needs to wait any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
