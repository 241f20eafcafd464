package io.mlassets.decision;

import java.util.Locale;

/** What to do at the close of one bar. */
public sealed interface Decision {

  /** Whether {@code risk_score >= θ2}. */
  boolean riskFlag();

  /** The few words of the signal's {@code reason}. */
  String reason();

  /**
   * Open a position at the next open.
   *
   * @param direction its side
   * @param scale size as a share of the full position, in [0, 1]
   * @param riskFlag always false: a flagged candidate is refused
   * @param reason why
   */
  record Enter(Direction direction, double scale, boolean riskFlag, String reason)
      implements Decision {}

  /** Close the position at the next open. */
  record Exit(ExitReason exitReason, boolean riskFlag) implements Decision {
    @Override
    public String reason() {
      return exitReason.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Do nothing. */
  record Hold(HoldReason holdReason, boolean riskFlag) implements Decision {
    @Override
    public String reason() {
      return holdReason.text();
    }
  }
}
