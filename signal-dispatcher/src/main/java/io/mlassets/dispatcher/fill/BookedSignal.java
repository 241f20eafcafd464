package io.mlassets.dispatcher.fill;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Side;
import java.util.List;
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
  /** Whether a fill of this leg and direction obeys it. An exit closes whatever was held. */
  boolean asksFor(Symbol symbol, Side side) {
    return switch (action) {
      case HOLD -> false;
      case EXIT -> true;
      case ENTER ->
          legs.stream().anyMatch(leg -> leg.symbol().equals(symbol) && leg.side() == side);
    };
  }
}
