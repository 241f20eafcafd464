package io.mlassets.trade;

import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one, final answer of an Expert Advisor to an order signal.
 *
 * @param account the trading account
 * @param signalSeq number of the signal, in [1, 10^12]
 * @param signalId the signal's id
 * @param epoch the epoch the signal carried, at least 1
 * @param pair its pair
 * @param action ENTER or EXIT
 * @param outcome what became of it
 * @param reason why, in few words; may be empty
 * @param legs what became of the pair's first and second symbol
 * @param at market time of the answer; null when it was unknown
 */
public record SignalAck(
    String account,
    long signalSeq,
    UUID signalId,
    long epoch,
    Pair pair,
    Action action,
    SignalOutcome outcome,
    String reason,
    List<LegOutcome> legs,
    @Nullable Instant at) {
  private static final int LONGEST_REASON = 200;

  /** Refuses an answer that contradicts itself with {@link IllegalArgumentException}. */
  public SignalAck {
    legs = List.copyOf(legs);
    AccountName.require(account);
    AccountName.requireSeq("signal_seq", signalSeq, 1);
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch %d is not positive".formatted(epoch));
    }
    if (action == Action.HOLD) {
      throw new IllegalArgumentException("a HOLD has no answer");
    }
    if (reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "reason is longer than %d characters".formatted(LONGEST_REASON));
    }
    if (legs.size() != 2
        || !legs.get(0).symbol().equals(pair.a())
        || !legs.get(1).symbol().equals(pair.b())
        || legs.get(0).leg() != 0
        || legs.get(1).leg() != 1) {
      throw new IllegalArgumentException(
          "legs are not 0 %s and 1 %s".formatted(pair.a(), pair.b()));
    }
    boolean dealt = legs.stream().anyMatch(leg -> leg.lots() != 0);
    if (dealt ? outcome.isWithoutDeal() : outcome == SignalOutcome.PARTIAL) {
      throw new IllegalArgumentException(
          "%s with lots %s and %s".formatted(outcome, legs.get(0).lots(), legs.get(1).lots()));
    }
    if (outcome == SignalOutcome.FILLED
        && legs.stream().anyMatch(leg -> leg.outcome() != SignalOutcome.FILLED)) {
      throw new IllegalArgumentException("FILLED with a leg that is not");
    }
  }
}
