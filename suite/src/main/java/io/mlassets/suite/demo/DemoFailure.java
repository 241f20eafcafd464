package io.mlassets.suite.demo;

/** The path did not run to its end; the message says where and what is missing. */
public final class DemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for a person. */
  public DemoFailure(String message) {
    super(message);
  }

  /** With a message for a person and what caused it. */
  public DemoFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
