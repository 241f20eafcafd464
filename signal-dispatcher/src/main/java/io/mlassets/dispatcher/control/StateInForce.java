package io.mlassets.dispatcher.control;

import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be sent, and why.
 *
 * @param known every cause that ever led anywhere, in their order
 * @param waiting what ends by itself and is latched nowhere
 */
public record StateInForce(List<LatchedCause> known, Optional<LatchedCause> waiting) {
  private static final Comparator<LatchedCause> BY_TIME = Comparator.comparing(LatchedCause::since);

  /** Copies. */
  public StateInForce {
    known = known.stream().sorted(Comparator.comparing(LatchedCause::cause)).toList();
  }

  /** The strictest of all causes. */
  public TradingState state() {
    return TradingState.strictest(all().map(LatchedCause::state).toList());
  }

  /** Whether an ENTER may be sent. */
  public boolean allowsEntries() {
    return state().allowsEntries();
  }

  private Stream<LatchedCause> all() {
    return Stream.concat(known.stream(), waiting.stream());
  }

  /** The causes that hold. */
  public List<LatchedCause> causes() {
    return all().filter(LatchedCause::isLatched).toList();
  }

  /** Where one cause leads. */
  public TradingState of(Cause cause) {
    return TradingState.strictest(
        all().filter(one -> one.cause() == cause).map(LatchedCause::state).toList());
  }

  Optional<LatchedCause> find(Cause cause) {
    return known.stream().filter(one -> one.cause() == cause).findFirst();
  }

  /**
   * The first cause that led to the state in force, or the last resume; empty at the very start.
   */
  Optional<LatchedCause> decisive() {
    TradingState state = state();
    return state == TradingState.ACTIVE
        ? known.stream().max(BY_TIME)
        : all().filter(one -> one.state() == state).min(BY_TIME);
  }

  /** State and causes in a few words, such as {@code HALTED by OPERATOR, DRAWDOWN}. */
  public String why() {
    return state()
        + causes().stream()
            .map(one -> one.cause().name())
            .distinct()
            .collect(Collectors.joining(", ", " by ", ""));
  }
}
