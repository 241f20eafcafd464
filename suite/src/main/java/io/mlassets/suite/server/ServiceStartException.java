package io.mlassets.suite.server;

/** A service did not start. */
public final class ServiceStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 400;

  /** Names the service and the deepest reason. */
  public ServiceStartException(ServiceName service, Throwable cause) {
    super("%s did not start: %s".formatted(service.label(), deepest(cause)), cause);
  }

  private static String deepest(Throwable cause) {
    Throwable deepest = cause;
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      deepest = next;
    }
    String text = deepest.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
