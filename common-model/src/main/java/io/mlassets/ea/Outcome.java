package io.mlassets.ea;

/** What became of an order signal, or of one of its legs. */
enum Outcome {
  FILLED,
  PARTIAL,
  REJECTED,
  EXPIRED,
  SUPERSEDED,
  BLOCKED,
  LEG_BREAK;

  /** Whether an ENTER with this answer left what was held as it was. */
  boolean changedNothing() {
    return this == EXPIRED || this == BLOCKED || this == SUPERSEDED;
  }
}
