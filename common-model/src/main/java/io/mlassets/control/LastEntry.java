package io.mlassets.control;

import java.time.Instant;

/**
 * The last entry of a pair that was sent.
 *
 * @param barEnd end of the bar it was decided on
 * @param expiresAt when it could no longer be executed
 * @param dealt whether a deal was booked for it
 * @param exited whether an exit was sent after it
 */
public record LastEntry(Instant barEnd, Instant expiresAt, boolean dealt, boolean exited) {

  /** Whether it is held or may still be executed. */
  boolean isOpen(Instant now) {
    return !exited && (dealt || now.isBefore(expiresAt));
  }

  /** The same with an exit behind it. */
  public LastEntry withExit() {
    return new LastEntry(barEnd, expiresAt, dealt, true);
  }
}
