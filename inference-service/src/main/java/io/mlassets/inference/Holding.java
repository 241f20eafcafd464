package io.mlassets.inference;

import io.mlassets.decision.Position;
import io.mlassets.trade.Fill;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one pair, as the fills say. After an ENTER it is assumed held until a fill
 * confirms it; without any fill before the signal expired, or when every leg was refused, it is
 * given up. A deal reported later brings a given-up entry back, also when another entry was made
 * meanwhile: an account that holds the first will not have obeyed the second. An EXIT ends all:
 * closing what is open is the Expert Advisor's duty from then on.
 */
final class Holding {
  private static final int LEGS = 2;
  private static final int MOST_GIVEN_UP = 8;

  /** An entry and what is known of it. */
  private static final class Entry {
    private final UUID signal;
    private final Set<String> refusedLegs = new HashSet<>();
    private Position.Open position;
    private boolean dealt;

    Entry(UUID signal, Position.Open position) {
      this.signal = signal;
      this.position = position;
    }

    void age() {
      position =
          new Position.Open(
              position.direction(),
              position.entryTs(),
              position.entrySpread(),
              position.barsHeld() + 1,
              position.scale());
    }
  }

  private final Deque<Entry> givenUp = new ArrayDeque<>();
  private int unconfirmedBars;
  private @Nullable Entry held;

  /**
   * Nothing held.
   *
   * @param unconfirmedBars bars after which an entry without a fill counts as not made
   */
  Holding(int unconfirmedBars) {
    this.unconfirmedBars = unconfirmedBars;
  }

  /** Another policy says after how many bars an entry without a fill counts as not made. */
  void giveUpAfter(int bars) {
    unconfirmedBars = bars;
  }

  Position position() {
    return held == null ? new Position.Flat() : held.position;
  }

  /** Whether something is held and a deal of it is known. */
  boolean isConfirmed() {
    return held != null && held.dealt;
  }

  /** {@code FLAT}, {@code LONG_SPREAD} or {@code SHORT_SPREAD}. */
  String side() {
    return held == null ? "FLAT" : held.position.direction().name();
  }

  /** Bars of the pair since the entry, 0 when nothing is held. */
  int barsHeld() {
    return held == null ? 0 : held.position.barsHeld();
  }

  void entered(Position.Open open, UUID signalId) {
    held = new Entry(signalId, open);
  }

  void exited() {
    held = null;
    givenUp.clear();
  }

  /**
   * The entries nobody has reported a deal of, when the next bar gives one up. Notices of deals can
   * be lost, so whoever ages this asks the record first.
   */
  List<UUID> aboutToGiveUp() {
    return held != null && mustGiveUp(held)
        ? Stream.concat(givenUp.stream(), Stream.of(held)).map(entry -> entry.signal).toList()
        : List.of();
  }

  private boolean mustGiveUp(Entry entry) {
    return !entry.dealt && entry.position.barsHeld() >= unconfirmedBars;
  }

  /** Another bar of the pair has closed. */
  void aged() {
    if (held != null && mustGiveUp(held)) {
      giveUp(held);
    }
    if (held != null) {
      held.age();
    }
    givenUp.forEach(Entry::age);
  }

  private void giveUp(Entry entry) {
    held = null;
    givenUp.addLast(entry);
    if (givenUp.size() > MOST_GIVEN_UP) {
      givenUp.removeFirst();
    }
  }

  void filled(UUID signalId, Fill fill) {
    if (fill.dealt()) {
      dealt(signalId);
    } else {
      refused(signalId, fill.symbol().name());
    }
  }

  /** A deal of an entry is known; of one that is neither held nor given up it changes nothing. */
  void dealt(UUID signalId) {
    if (held != null && held.signal.equals(signalId)) {
      held.dealt = true;
      return;
    }
    if (isConfirmed()) {
      return;
    }
    givenUp.stream()
        .filter(entry -> entry.signal.equals(signalId))
        .findFirst()
        .ifPresent(this::takeBack);
  }

  private void takeBack(Entry entry) {
    givenUp.remove(entry);
    if (held != null) {
      giveUp(held);
    }
    entry.dealt = true;
    held = entry;
  }

  private void refused(UUID signalId, String leg) {
    if (held != null && held.signal.equals(signalId)) {
      held.refusedLegs.add(leg);
      if (!held.dealt && held.refusedLegs.size() == LEGS) {
        giveUp(held);
      }
    }
  }
}
