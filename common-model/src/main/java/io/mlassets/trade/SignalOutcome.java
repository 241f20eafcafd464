package io.mlassets.trade;

/** What became of an order signal, or of one of its legs, at an Expert Advisor. */
public enum SignalOutcome {
  /** The target is reached, also when it was before. */
  FILLED,
  /** Part of the lots were dealt. */
  PARTIAL,
  /** None were dealt: the market refused. */
  REJECTED,
  /** Market time was past its expiry. */
  EXPIRED,
  /** The pair's later decision was known already. */
  SUPERSEDED,
  /** A halt or a limit of the Expert Advisor's own. */
  BLOCKED,
  /** One leg could not be dealt; the other was taken back, or will be. */
  LEG_BREAK;

  /** Whether nothing was dealt. */
  public boolean isWithoutDeal() {
    return this == REJECTED || this == EXPIRED || this == SUPERSEDED || this == BLOCKED;
  }

  /** Whether an ENTER with this answer left what was held as it was. */
  public boolean changedNothing() {
    return this == EXPIRED || this == BLOCKED || this == SUPERSEDED;
  }
}
