package io.mlassets.dispatcher.outcome;

import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.trade.LegOutcome;
import io.mlassets.trade.SignalAck;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A signal under its number, as it was sent.
 *
 * @param signalId its id
 * @param pair its pair
 * @param action what it asked for; HOLD when it was taken back
 * @param legs the orders it asked for
 * @param epoch the epoch it carries
 */
record SentSignal(UUID signalId, Pair pair, Action action, List<Leg> legs, long epoch) {

  /** Why an ack is none of this signal; empty when it is. */
  Optional<String> contradiction(SignalAck ack) {
    if (!ack.signalId().equals(signalId)) {
      return Optional.of("is signal %s, not %s".formatted(signalId, ack.signalId()));
    }
    if (!ack.pair().equals(pair)) {
      return Optional.of("is of %s, not of %s".formatted(pair, ack.pair()));
    }
    if (ack.action() != action) {
      return Optional.of("is %s, not %s".formatted(action, ack.action()));
    }
    if (ack.epoch() != epoch) {
      return Optional.of("has epoch %d, not %d".formatted(epoch, ack.epoch()));
    }
    return action == Action.ENTER && ack.legs().stream().anyMatch(this::isOtherWayRound)
        ? Optional.of("asked for the other side")
        : Optional.empty();
  }

  private boolean isOtherWayRound(LegOutcome dealt) {
    return legs.stream()
        .filter(leg -> leg.symbol().equals(dealt.symbol()))
        .anyMatch(leg -> leg.side().sign() * dealt.lots() < 0);
  }
}
