package io.mlassets.ea;

import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import io.mlassets.trade.SignalOutcome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the account stands: what is held, what is being obeyed, what was answered. */
final class Standing {
  static final long RETRY_AFTER = 30_000;

  final Book book = new Book();
  final Outbox outbox = new Outbox();

  /** What is being obeyed; null for nothing. */
  @Nullable Plan plan;

  private LastSignal last = LastSignal.NONE;

  /** Signals by the tickets of their deals, as long as their orders may be sent again (D11). */
  private final Map<Long, Long> booked = new HashMap<>();

  /** The last number answered or passed. */
  LastSignal last() {
    return last;
  }

  /** The last number taken up, answered or not. */
  LastSignal takenUp() {
    return plan == null || plan.retry ? last : new LastSignal(plan.seq, plan.id, plan.epoch);
  }

  /** An order is out, or being looked up. */
  boolean isWaiting() {
    return plan != null && plan.waiting != null;
  }

  void settle(LastSignal signal) {
    if (signal.seq() >= last.seq()) {
      last = signal;
    }
  }

  /** D10: what an answered signal leaves to be closed. */
  void answered(Pair pair, long seq, Action action, SignalOutcome outcome, long now) {
    book.of(pair).ifPresent(held -> answered(held, seq, action, outcome, now));
  }

  private static void answered(
      PairBook pair, long seq, Action action, SignalOutcome outcome, long now) {
    pair.lastSeq = seq;
    if (action == Action.ENTER && outcome.changedNothing()) {
      return;
    }
    boolean open = pair.isHeld() && (action == Action.EXIT || outcome == SignalOutcome.LEG_BREAK);
    pair.unfinishedSeq = open ? seq : 0;
    pair.unfinishedKind = action == Action.EXIT ? OrderKind.ORDER : OrderKind.UNWIND;
    pair.retryAt = now + RETRY_AFTER;
  }

  /** Takes up a plan; only unfinished signals have orders that are sent again. */
  void begin(Plan next) {
    plan = next;
    booked
        .values()
        .removeIf(seq -> book.pairs().stream().noneMatch(pair -> pair.unfinishedSeq == seq));
  }

  /** Notes a deal; false when it is on record already. */
  boolean isNew(long seq, long ticket) {
    return booked.putIfAbsent(ticket, seq) == null;
  }

  boolean isBooked(long ticket) {
    return booked.containsKey(ticket);
  }

  /** An order has its answer, or its deals were read from the journal. */
  void done(Plan obeyed, OrderId order, double lots) {
    obeyed.waiting = null;
    obeyed.lookup = false;
    if (obeyed.retry) {
      plan = null;
      return;
    }
    Plan.PlannedLeg leg = obeyed.leg(order.leg());
    if (order.kind() == OrderKind.UNWIND) {
      leg.unwound = true;
      return;
    }
    leg.filled = EaText.rounded(lots);
    leg.done = true;
    if (obeyed.isExit() || lots != 0) {
      return;
    }
    // D7: without a first leg there is no second; without a second, the first is taken back.
    if (order.leg() == 0) {
      obeyed.leg(1).done = true;
    } else {
      obeyed.breakOff("leg refused");
    }
  }
}
