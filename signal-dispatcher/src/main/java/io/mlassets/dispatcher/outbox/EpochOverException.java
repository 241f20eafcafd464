package io.mlassets.dispatcher.outbox;

/** A write changed nothing because its epoch is over: another leads, or the epoch was raised. */
final class EpochOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EpochOverException(SignalStream stream, long epoch) {
    super("%s: epoch %d is over".formatted(stream.id(), epoch));
  }
}
