package io.mlassets.platform.web;

/** What was asked for is not there: HTTP 404. */
public final class NotFoundException extends RuntimeException {
  /**
   * Names it.
   *
   * @param what what was looked for, such as {@code model 20260101_0000}
   */
  public NotFoundException(String what) {
    super(what + " was not found");
  }
}
