package io.mlassets.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Latest states on their way into Redis. A thread of its own writes them, so a slow Redis delays
 * what tools see and nothing else; what Redis refuses is told again with the next bar.
 */
@Component
class LatestStates implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(LatestStates.class);
  private static final long STOP_MILLIS = 3_000;

  private final LiveCache cache;
  private final PairBoard board;
  private final StageMetrics stages;
  private final WaitingStates<FencedState> waiting = new WaitingStates<>(FencedState::pair);
  private @Nullable Thread thread;
  private volatile boolean running;

  LatestStates(LiveCache cache, PairBoard board, StageMetrics stages) {
    this.cache = cache;
    this.board = board;
    this.stages = stages;
  }

  /** Hands states over to be written; returns at once. */
  void show(List<FencedState> states) {
    waiting.add(states);
  }

  private void writeUntilStopped() {
    try {
      List<FencedState> states = waiting.take();
      while (!states.isEmpty()) {
        write(states);
        states = waiting.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** With what is watched beside the decisions, as it is now. */
  private void write(List<FencedState> states) {
    long before = System.nanoTime();
    try {
      cache.show(states.stream().map(one -> one.with(board.watched(one.state()))).toList());
    } catch (RuntimeException e) {
      log.error("the latest states of {} pairs are not written", states.size(), e);
    }
    stages.shown(System.nanoTime() - before);
  }

  @Override
  public void start() {
    running = true;
    Thread writing = new Thread(this::writeUntilStopped, "latest-states");
    writing.setDaemon(true);
    thread = writing;
    writing.start();
  }

  @Override
  public void stop() {
    running = false;
    waiting.close();
    if (thread != null) {
      try {
        thread.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Stops after the decision thread: what it showed last is written too. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
