package io.mlassets.dispatcher.archive;

/** The store did not do what was asked: away, full, refusing. Another time it may. */
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreFailure(String what, Throwable cause) {
    super(what, cause);
  }

  StoreFailure(String what) {
    super(what);
  }
}
