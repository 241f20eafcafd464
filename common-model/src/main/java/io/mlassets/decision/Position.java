package io.mlassets.decision;

import io.mlassets.feature.SpreadState;
import java.time.Instant;

/** What is held of one pair when a decision is made. */
public sealed interface Position {

  /** Nothing is held. */
  record Flat() implements Position {}

  /**
   * A spread position.
   *
   * @param direction its side
   * @param entryTs UTC start of the bar whose close decided the entry
   * @param entrySpread the spread state at that close: the frozen reference of the exits
   * @param barsHeld bars of the pair since {@code entryTs}, the current one included: 1 at the
   *     first close after the entry decision
   * @param scale size as a share of the full position, in [0, 1]
   */
  record Open(
      Direction direction, Instant entryTs, SpreadState entrySpread, int barsHeld, double scale)
      implements Position {

    /** Refuses a negative age and a scale outside [0, 1] with {@link IllegalArgumentException}. */
    public Open {
      if (barsHeld < 0) {
        throw new IllegalArgumentException("bars held %d is negative".formatted(barsHeld));
      }
      if (!(scale >= 0 && scale <= 1)) {
        throw new IllegalArgumentException("scale %s is not in [0, 1]".formatted(scale));
      }
    }
  }
}
