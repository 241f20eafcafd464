package io.mlassets.suite.server;

import java.net.BindException;

/** A service did not start. */
public final class ServiceStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 400;

  /** Names the service and the deepest reason. */
  public ServiceStartException(ServiceName service, Throwable cause) {
    super(
        "%s did not start: %s".formatted(service.label(), shortened(deepest(cause).toString())),
        cause);
  }

  /** Whether another process listens on the service's port. */
  public boolean portWasTaken() {
    return deepest(this) instanceof BindException;
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable next = failure.getCause(); next != null; next = next.getCause()) {
      deepest = next;
    }
    return deepest;
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
