package io.mlassets.control;

import java.util.Map;

/**
 * One cause held against its rule.
 *
 * @param cause the cause
 * @param leadsTo the state it leads to while it holds
 * @param holds whether its limit is reached
 * @param reason what was found, for people
 * @param figures the numbers, {@code value} and {@code limit} among them
 */
public record Measured(
    Cause cause, TradingState leadsTo, boolean holds, String reason, Map<String, Double> figures) {

  /** Copies. */
  public Measured {
    figures = Map.copyOf(figures);
  }
}
