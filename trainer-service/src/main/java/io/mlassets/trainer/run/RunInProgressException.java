package io.mlassets.trainer.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Another run is under way; there is one at a time over all replicas. */
public final class RunInProgressException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable UUID running;

  RunInProgressException(@Nullable UUID running, @Nullable Throwable cause) {
    super("run %s is under way".formatted(running == null ? "of another process" : running), cause);
    this.running = running;
  }

  /** Null while it has the lock and no row yet. */
  public @Nullable UUID running() {
    return running;
  }
}
