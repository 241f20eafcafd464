package io.mlassets.trainer.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The events of one run: those so far for whoever comes late, and the following as they come.
 * Thread-safe; a listener is never called by two threads at a time.
 */
public final class RunEvents {
  private final List<RunEvent> past = new ArrayList<>();
  private final List<Consumer<RunEvent>> listeners = new ArrayList<>();

  /** Says an event to all; a listener that throws is not asked again. */
  synchronized void add(RunEvent event) {
    past.add(event);
    listeners.removeIf(listener -> !told(listener, event));
  }

  /** Hears all events of the run, past ones first. */
  public synchronized void listen(Consumer<RunEvent> listener) {
    for (RunEvent event : past) {
      if (!told(listener, event)) {
        return;
      }
    }
    listeners.add(listener);
  }

  private static boolean told(Consumer<RunEvent> listener, RunEvent event) {
    try {
      listener.accept(event);
      return true;
    } catch (ListenerGoneException e) {
      return false;
    }
  }

  /** Whoever listened has gone. */
  public static final class ListenerGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was noticed. */
    public ListenerGoneException(Throwable cause) {
      super(cause);
    }
  }
}
