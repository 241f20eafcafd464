package io.mlassets.suite.bars;

/** Bars cannot be read at all: a file is missing, a header is wrong, nothing valid is left. */
public final class BarInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message names the file and what is wrong. */
  public BarInputException(String message) {
    super(message);
  }

  /** The message names the file and what is wrong. */
  public BarInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
