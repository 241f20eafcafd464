package io.mlassets.ea;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.trade.SignalOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A signal being obeyed: what is to be ordered for each leg, and what came of it. */
final class Plan {
  /** One leg. */
  static final class PlannedLeg {
    final Symbol symbol;

    /** Lots of the order, positive to buy. */
    double asked;

    /** Lots dealt, same sign. */
    double filled;

    /** Its order has an answer, or there was none to give. */
    boolean done;

    /** Taken back, or tried to. */
    boolean unwound;

    private PlannedLeg(Symbol symbol) {
      this.symbol = symbol;
    }

    boolean isUnfilled() {
      return filled == 0;
    }

    /** What became of it as far as its own order goes. */
    SignalOutcome outcome() {
      if (Math.abs(asked - filled) <= Book.SMALLEST) {
        return SignalOutcome.FILLED;
      }
      return isUnfilled() ? SignalOutcome.REJECTED : SignalOutcome.PARTIAL;
    }
  }

  final long seq;
  final String id;
  final long epoch;
  final Pair pair;
  final Action action;
  final Instant expiresAt;

  /** Not a signal: what an earlier one left open (D11). */
  final boolean retry;

  /** From the journal (R1). */
  boolean resumed;

  /** The order that is out; null while none is. */
  @Nullable OrderId waiting;

  /** … and it is not known whether it was sent. */
  boolean lookup;

  /** An entry is being taken back (D8). */
  boolean breaking;

  String reason = "";
  private final PlannedLeg[] legs;

  private Plan(
      long seq, String id, long epoch, Pair pair, Action action, Instant expiresAt, boolean retry) {
    this.seq = seq;
    this.id = id;
    this.epoch = epoch;
    this.pair = pair;
    this.action = action;
    this.expiresAt = expiresAt;
    this.retry = retry;
    this.legs = new PlannedLeg[] {new PlannedLeg(pair.a()), new PlannedLeg(pair.b())};
  }

  /** For a signal. */
  static Plan of(long seq, String id, long epoch, Pair pair, Action action, Instant expiresAt) {
    return new Plan(seq, id, epoch, pair, action, expiresAt, false);
  }

  /** For what a signal left open. */
  static Plan closing(long seq, Pair pair) {
    return new Plan(seq, "", 0, pair, Action.EXIT, Instant.EPOCH, true);
  }

  PlannedLeg leg(int leg) {
    return legs[leg];
  }

  boolean isExit() {
    return action == Action.EXIT;
  }

  /** Whether an order of that kind takes away what is held. */
  boolean closes(OrderKind kind) {
    return isExit() || kind == OrderKind.UNWIND;
  }

  void breakOff(String why) {
    breaking = true;
    reason = why;
  }
}
