package io.mlassets.trainer.dataset;

/** The data asked for cannot be trained on. The message names what and where. */
public final class DatasetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names what is missing and where. */
  public DatasetException(String what) {
    super(what);
  }
}
