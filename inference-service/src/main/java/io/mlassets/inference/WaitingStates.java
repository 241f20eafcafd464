package io.mlassets.inference;

import io.mlassets.market.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * States between the decision thread, which hands them over and never waits, and a thread that
 * writes them: the newest of each pair. Writing waits for a pause in what comes, so that it does
 * not take the processors from the signals of a bar that is being decided on.
 */
final class WaitingStates {
  /** Nothing came for so long: the bar is through. */
  static final Duration QUIET = Duration.ofMillis(100);

  /** Longer than that none waits for a pause. */
  static final Duration LONGEST = Duration.ofSeconds(1);

  private final Map<Pair, PairState> waiting = new LinkedHashMap<>();
  private long firstAt;
  private long lastAt;
  private boolean closed;

  /** Replaces what waits of these pairs. */
  synchronized void add(List<PairState> states) {
    long now = System.nanoTime();
    if (waiting.isEmpty()) {
      firstAt = now;
    }
    lastAt = now;
    states.forEach(state -> waiting.put(state.pair(), state));
    notifyAll();
  }

  /** These were not written; newer ones are kept. */
  synchronized void putBack(List<PairState> states) {
    states.forEach(state -> waiting.putIfAbsent(state.pair(), state));
  }

  /** What waits, once something does; closed, at once what is left, and then nothing. */
  synchronized List<PairState> take() throws InterruptedException {
    while (!closed && waiting.isEmpty()) {
      wait();
    }
    long pause = pauseNanos();
    while (!closed && pause > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, pause);
      pause = pauseNanos();
    }
    List<PairState> states = new ArrayList<>(waiting.values());
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
