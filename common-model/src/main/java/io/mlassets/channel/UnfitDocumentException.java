package io.mlassets.channel;

/** A document that is not what was agreed; says what is wrong with it. */
public class UnfitDocumentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public UnfitDocumentException(String message) {
    super(message);
  }

  /** Documents may be anybody's: refusing one costs no stack trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
