package io.mlassets.decision;

/** Why a position is closed. */
public enum ExitReason {
  /** The divergence has closed. */
  REVERTED,
  /** The divergence has grown beyond the stop. */
  STOPPED,
  /** The time barrier was reached. */
  EXPIRED
}
