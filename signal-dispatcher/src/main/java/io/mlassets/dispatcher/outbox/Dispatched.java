package io.mlassets.dispatcher.outbox;

/**
 * What became of a waiting signal.
 *
 * @param waiting the row
 * @param seq its number; 0 when it is not published
 * @param outcome what was decided
 * @param payload the exact bytes to be sent; of a signal that is not published, what they would
 *     have been with number 0; why it cannot be sent when it is invalid
 * @param reason why it is not published; empty when it is
 */
record Dispatched(Waiting waiting, long seq, Outcome outcome, String payload, String reason) {
  /** The outcomes, as stored. */
  enum Outcome {
    /** Gets a number and is sent. */
    PUBLISHED,
    /** An entry while entries are stopped, or over a limit. */
    BLOCKED,
    /** An entry past its expiry. */
    EXPIRED,
    /** Cannot be sent at all. */
    INVALID
  }
}
