package io.mlassets.model;

/**
 * A tree model whose text is damaged or of a form we do not know. The message says what and where.
 */
public final class InvalidModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public InvalidModelException(String what) {
    super(what);
  }

  /** Says what is wrong and what showed it. */
  public InvalidModelException(String what, Throwable cause) {
    super(what, cause);
  }
}
