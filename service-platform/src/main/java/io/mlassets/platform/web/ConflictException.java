package io.mlassets.platform.web;

/** The request does not fit the present state: HTTP 409. */
public final class ConflictException extends RuntimeException {
  /** Says what stands against it. */
  public ConflictException(String message) {
    super(message);
  }
}
