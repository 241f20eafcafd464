package io.mlassets.model;

/**
 * A bundle that is damaged, forged, or made for something else. The message says what and where.
 */
public final class InvalidBundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public InvalidBundleException(String what) {
    super(what);
  }

  /** Says what is wrong and what showed it. */
  public InvalidBundleException(String what, Throwable cause) {
    super(what, cause);
  }
}
