package io.mlassets.inference;

import io.mlassets.market.Pair;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Writes the latest states to where other tools read them, on a thread of its own: what is shown
 * meanwhile replaces what waits, so a slow disk or server delays what tools see and nothing else.
 *
 * @param <S> a state with what is written of it
 */
abstract class StateWriter<S> implements SmartLifecycle {
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final long STOP_MILLIS = 3_000;
  private final String name;
  private final WaitingStates<S> waiting;
  private @Nullable Thread thread;
  private volatile boolean running;

  /**
   * Not yet started.
   *
   * @param name of the thread
   * @param pairOf whose state it is
   */
  StateWriter(String name, Function<S, Pair> pairOf) {
    this.name = name;
    this.waiting = new WaitingStates<>(pairOf);
  }

  /** Hands states over to be written; returns at once. */
  final void show(List<S> states) {
    waiting.add(states);
  }

  /**
   * Writes them; on the writer's thread.
   *
   * @return false when they are to be tried again, unless there are newer ones
   */
  protected abstract boolean write(List<S> states);

  /** Lets go of what is written to; on the writer's thread, at its end. */
  protected void release() {}

  private void writeUntilStopped() {
    try {
      long pause = FIRST_PAUSE_MILLIS;
      List<S> states = waiting.take();
      while (!states.isEmpty()) {
        if (write(states)) {
          pause = FIRST_PAUSE_MILLIS;
        } else if (running) {
          waiting.putBack(states);
          Thread.sleep(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
        states = waiting.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      release();
    }
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name(name).start(this::writeUntilStopped);
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
