package io.mlassets.ea;

import io.mlassets.ea.Plan.PlannedLeg;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.Side;
import io.mlassets.trade.SignalOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges signals one at a time (D1 to D6). It knows no sockets. */
final class Desk {
  private final EaConfig config;
  private final Standing standing;
  private final EntryRules rules;
  private final Answers answers;
  private final Orders orders;

  Desk(EaConfig config, Standing standing, EntryRules rules, Answers answers, Orders orders) {
    this.config = config;
    this.standing = standing;
    this.rules = rules;
    this.answers = answers;
    this.orders = orders;
  }

  /** A signal is being obeyed, or an earlier one's rest closed. */
  boolean isBusy() {
    return standing.plan != null;
  }

  /** D1: a signal whose turn it is. */
  void judge(EaSignal signal, boolean superseded, long now, Actions out) {
    if (signal.action() == Action.HOLD) {
      standing.settle(new LastSignal(signal.seq(), signal.id(), signal.epoch()));
      return;
    }
    Plan plan =
        Plan.of(
            signal.seq(),
            signal.id(),
            signal.epoch(),
            signal.pair(),
            signal.action(),
            signal.expiresAt());
    standing.begin(plan);
    if (signal.action() == Action.ENTER) {
      enter(plan, signal, superseded, now, out);
    } else {
      exit(plan, now, out);
    }
  }

  private void enter(Plan plan, EaSignal signal, boolean superseded, long now, Actions out) {
    if (superseded) {
      answers.refuse(plan, SignalOutcome.SUPERSEDED, "superseded", now, out);
      return;
    }
    Optional<PairBook> book =
        config.knows(plan.pair) ? standing.book.of(plan.pair) : Optional.empty();
    if (book.isEmpty()) {
      answers.refuse(plan, SignalOutcome.BLOCKED, "unknown pair", now, out);
      return;
    }
    if (book.get().isHeld()) {
      boolean same = isHeldAs(book.get(), signal);
      answers.refuse(
          plan,
          same ? SignalOutcome.FILLED : SignalOutcome.BLOCKED,
          same ? "held already" : "held otherwise",
          now,
          out);
      return;
    }
    Optional<String> reason =
        rules.forbidden(now, signal.expiresAt()).or(() -> rules.limit(signal, now));
    if (reason.isPresent()) {
      boolean expired = reason.get().equals(EntryRules.EXPIRED);
      answers.refuse(
          plan, expired ? SignalOutcome.EXPIRED : SignalOutcome.BLOCKED, reason.get(), now, out);
      return;
    }
    for (int i = 0; i < 2; i++) {
      plan.leg(i).asked = rules.lots(signal, i);
    }
    rules.entered(now);
    out.journal(JournalLines.intent(plan));
    orders.goOn(now, out);
  }

  private static boolean isHeldAs(PairBook book, EaSignal signal) {
    for (int i = 0; i < 2; i++) {
      boolean bought = signal.legs().get(i).side() == Side.BUY;
      if (bought ? book.lots(i) <= 0 : book.lots(i) >= 0) {
        return false;
      }
    }
    return true;
  }

  private void exit(Plan plan, long now, Actions out) {
    @Nullable PairBook book = standing.book.find(plan.pair);
    if (book == null || !book.isHeld()) {
      boolean known = config.knows(plan.pair);
      answers.refuse(
          plan,
          known ? SignalOutcome.FILLED : SignalOutcome.BLOCKED,
          known ? "not held" : "unknown pair",
          now,
          out);
      return;
    }
    for (int i = 0; i < 2; i++) {
      orders.adoptWhatIsThere(book, i, out);
      PlannedLeg leg = plan.leg(i);
      leg.asked = -book.lots(i);
    }
    if (!book.isHeld()) {
      answers.refuse(plan, SignalOutcome.FILLED, "closed elsewhere", now, out);
      return;
    }
    out.journal(JournalLines.intent(plan));
    orders.goOn(now, out);
  }

  /** What can be done without a new event. */
  void tick(long now, Actions out) {
    if (isBusy()) {
      orders.goOn(now, out);
    } else {
      orders.retry(now, out);
    }
  }

  /** R3: an operator says what is held; on record like everything else. */
  void adopt(String why, Pair pair, Symbol symbol, double lots, Actions out) {
    if (isBusy() || !pair.legs().contains(symbol)) {
      return;
    }
    standing
        .book
        .of(pair)
        .ifPresent(
            book -> {
              out.journal(JournalLines.adopt(why, pair, symbol, lots));
              book.set(pair.a().equals(symbol) ? 0 : 1, lots);
            });
  }
}
