package io.mlassets.inference;

import io.mlassets.decision.Position;
import io.mlassets.trade.Fill;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one pair, as the fills say. After an ENTER it is assumed held until a fill
 * confirms it; without any fill before the signal expired, or when every leg was refused, it was
 * not. An EXIT ends it: closing what is open is the Expert Advisor's duty from then on.
 */
final class Holding {
  private static final int LEGS = 2;
  private final int unconfirmedBars;
  private Position position = new Position.Flat();
  private @Nullable UUID entrySignal;
  private boolean confirmed;
  private final Set<String> refusedLegs = new HashSet<>();

  /**
   * Nothing held.
   *
   * @param unconfirmedBars bars after which an entry without a fill counts as not made
   */
  Holding(int unconfirmedBars) {
    this.unconfirmedBars = unconfirmedBars;
  }

  Position position() {
    return position;
  }

  boolean confirmed() {
    return confirmed;
  }

  void entered(Position.Open open, UUID signalId) {
    position = open;
    entrySignal = signalId;
    confirmed = false;
    refusedLegs.clear();
  }

  /** A deal of the entry is known. */
  void confirm() {
    confirmed = true;
  }

  void exited() {
    position = new Position.Flat();
    entrySignal = null;
  }

  /** Another bar of the pair has closed. */
  void aged() {
    if (position instanceof Position.Open open) {
      if (!confirmed && open.barsHeld() >= unconfirmedBars) {
        exited();
      } else {
        position =
            new Position.Open(
                open.direction(),
                open.entryTs(),
                open.entrySpread(),
                open.barsHeld() + 1,
                open.scale());
      }
    }
  }

  void filled(UUID signalId, Fill fill) {
    if (!signalId.equals(entrySignal)) {
      return;
    }
    if (fill.dealt()) {
      confirm();
    } else {
      refusedLegs.add(fill.symbol().name());
      if (!confirmed && refusedLegs.size() == LEGS) {
        exited();
      }
    }
  }
}
