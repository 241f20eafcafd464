package io.mlassets.control;

import java.util.Collection;

/** What may be sent, from the freest to the most restrictive. */
public enum TradingState {
  /** Everything. */
  ACTIVE,
  /** Exits and reductions; positions are worked off. */
  REDUCING,
  /** Exits alone; somebody has to look. */
  HALTED;

  /** Whether an ENTER may be sent. */
  public boolean allowsEntries() {
    return this == ACTIVE;
  }

  /** Whether this allows less than {@code other}. */
  public boolean isStricterThan(TradingState other) {
    return compareTo(other) > 0;
  }

  /** The most restrictive wins; {@link #ACTIVE} when nothing leads anywhere. */
  public static TradingState strictest(Collection<TradingState> states) {
    return states.stream().max(TradingState::compareTo).orElse(ACTIVE);
  }
}
