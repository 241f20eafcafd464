package io.mlassets.decision;

/** Why nothing is done. */
public enum HoldReason {
  /** Flat, and |z| is below the entry or already at the stop. */
  NO_CANDIDATE("no_candidate"),
  /** A candidate, but AI1 does not expect it to close. */
  LOW_RETURN_PROB("return_prob<=theta1"),
  /** A candidate AI1 likes and AI2 refuses. */
  HIGH_RISK("risk_score>=theta2"),
  /** A candidate both like, but entries of the pair are stopped. */
  PAIR_STOPPED("pair_stopped"),
  /** A candidate, but its features never came, so that no model was asked. */
  FEATURES_MISSING("features_missing"),
  /** A position is open and no exit is due. */
  IN_POSITION("in_position");

  private final String text;

  HoldReason(String text) {
    this.text = text;
  }

  /** The few words of the signal's {@code reason}. */
  public String text() {
    return text;
  }
}
