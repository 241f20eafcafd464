package io.mlassets.ea;

/**
 * The last number taken up, with whose it is.
 *
 * @param seq the number; 0 before the first
 * @param id the signal's id; empty when it could not be read
 * @param epoch its dispatcher's
 */
record LastSignal(long seq, String id, long epoch) {
  static final LastSignal NONE = new LastSignal(0, "", 0);

  /** Whether a signal has this number but is another one. */
  boolean isOther(EaSignal signal) {
    return signal.seq() == seq && !id.isEmpty() && !signal.id().equals(id);
  }
}
