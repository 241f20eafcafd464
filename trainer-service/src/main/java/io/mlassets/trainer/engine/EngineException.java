package io.mlassets.trainer.engine;

/** A native engine refused or failed. The message says which and why. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineException(String what, Throwable cause) {
    super(what, cause);
  }

  EngineException(String what) {
    super(what);
  }
}
