package io.mlassets.inference;

import io.mlassets.decision.Position;
import io.mlassets.trade.Fill;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one pair, as the fills say. After an ENTER it is assumed held until a fill
 * confirms it; without any fill before the signal expired, or when every leg was refused, it is
 * given up. A deal reported later brings a given-up entry back, unless another one was made since.
 * An EXIT ends it: closing what is open is the Expert Advisor's duty from then on.
 */
final class Holding {
  private static final int LEGS = 2;
  private final int unconfirmedBars;
  private Position position = new Position.Flat();
  private Position.@Nullable Open givenUp;
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

  /** Whether something is held and a deal of it is known. */
  boolean isConfirmed() {
    return confirmed && position instanceof Position.Open;
  }

  /** {@code FLAT}, {@code LONG_SPREAD} or {@code SHORT_SPREAD}. */
  String side() {
    return position instanceof Position.Open open ? open.direction().name() : "FLAT";
  }

  /** Bars of the pair since the entry, 0 when nothing is held. */
  int barsHeld() {
    return position instanceof Position.Open open ? open.barsHeld() : 0;
  }

  void entered(Position.Open open, UUID signalId) {
    position = open;
    givenUp = null;
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
    givenUp = null;
    entrySignal = null;
  }

  /**
   * The entry the next bar gives up unless a deal of it is known. Notices of deals can be lost, so
   * whoever ages this asks the record first.
   */
  Optional<UUID> aboutToGiveUp() {
    return position instanceof Position.Open open && mustGiveUp(open)
        ? Optional.ofNullable(entrySignal)
        : Optional.empty();
  }

  private boolean mustGiveUp(Position.Open open) {
    return !confirmed && open.barsHeld() >= unconfirmedBars;
  }

  /** Another bar of the pair has closed. */
  void aged() {
    if (position instanceof Position.Open open) {
      if (mustGiveUp(open)) {
        giveUp(open);
      } else {
        position = older(open);
      }
    }
    if (givenUp != null) {
      givenUp = older(givenUp);
    }
  }

  private void giveUp(Position.Open open) {
    position = new Position.Flat();
    givenUp = open;
  }

  private static Position.Open older(Position.Open open) {
    return new Position.Open(
        open.direction(), open.entryTs(), open.entrySpread(), open.barsHeld() + 1, open.scale());
  }

  void filled(UUID signalId, Fill fill) {
    if (!signalId.equals(entrySignal)) {
      return;
    }
    if (fill.dealt()) {
      dealt();
    } else {
      refusedLegs.add(fill.symbol().name());
      if (!confirmed && refusedLegs.size() == LEGS && position instanceof Position.Open open) {
        giveUp(open);
      }
    }
  }

  private void dealt() {
    if (givenUp != null) {
      position = givenUp;
      givenUp = null;
    }
    confirm();
  }
}
