package io.mlassets.trainer.validation;

/** The rows cannot be split into folds that can be trained on and judged. */
public final class UnusableSplitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableSplitException(String what) {
    super(what);
  }
}
