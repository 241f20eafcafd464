package io.mlassets.trainer.transfer;

/** A bundle could not be brought to where it should go. */
public final class DeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeliveryException(String what, Exception cause) {
    super(what, cause);
  }
}
