package io.mlassets.dispatcher.fill;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Side;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The signal a fill says it obeyed.
 *
 * @param signalId its id
 * @param pair its pair
 * @param action what it asked for
 * @param legs the orders it asked for
 */
record BookedSignal(UUID signalId, Pair pair, Action action, List<Leg> legs) {
  /**
   * What a fill of this leg and direction does: of an entry, the side asked for enters, the other
   * takes back what was dealt; an exit closes whatever was held. Empty when it obeys nothing.
   */
  Optional<Action> doneBy(Symbol symbol, Side side) {
    return switch (action) {
      case HOLD -> Optional.empty();
      case EXIT -> Optional.of(Action.EXIT);
      case ENTER ->
          legs.stream()
              .filter(leg -> leg.symbol().equals(symbol))
              .findFirst()
              .map(leg -> leg.side() == side ? Action.ENTER : Action.EXIT);
    };
  }
}
