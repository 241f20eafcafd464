package io.mlassets.inference.replay;

/** Something a decision was made from is not there, or not readable, any more. */
final class NotReplayableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotReplayableException(String lacking) {
    super(lacking);
  }
}
