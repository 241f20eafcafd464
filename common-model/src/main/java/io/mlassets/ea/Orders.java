package io.mlassets.ea;

import io.mlassets.ea.Plan.PlannedLeg;
import io.mlassets.market.Symbol;
import io.mlassets.trade.SignalOutcome;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Orders the legs of what is being obeyed, one after the other (D6 to D8, D11). */
final class Orders {
  private static final long RESUME_WITHIN = 10_000;
  private static final int MOST_DEALS = 16;

  private final EaConfig config;
  private final MarketTime clock;
  private final Standing standing;
  private final EntryRules rules;
  private final Answers answers;
  private long resumeUntil;

  Orders(EaConfig config, MarketTime clock, Standing standing, EntryRules rules, Answers answers) {
    this.config = config;
    this.clock = clock;
    this.standing = standing;
    this.rules = rules;
    this.answers = answers;
  }

  private PairBook book(Plan plan) {
    return standing
        .book
        .of(plan.pair)
        .orElseThrow(() -> new IllegalStateException("no book of " + plan.pair));
  }

  /** R1: after the journal was read. */
  void begin(long now, Actions out) {
    resumeUntil = now + RESUME_WITHIN;
    standing.book.pairs().forEach(pair -> pair.retryAt = now + Standing.RETRY_AFTER);
    Plan plan = standing.plan;
    OrderId unsure = plan == null ? null : plan.waiting;
    if (plan == null || unsure == null) {
      goOn(now, out);
    } else {
      out.add(new EaAction.LookUp(unsure, plan.pair, plan.leg(unsure.leg()).symbol));
    }
  }

  /** D7: the next order of the plan, or its end. */
  void goOn(long now, Actions out) {
    Plan plan = standing.plan;
    if (plan == null || plan.waiting != null) {
      return;
    }
    if (plan.isExit()) {
      goOnClosing(plan, now, out);
    } else {
      goOnEntering(plan, now, out);
    }
  }

  private void order(Plan plan, int leg, OrderKind kind, double lots, Actions out) {
    OrderId id = new OrderId(plan.seq, leg, kind);
    Symbol symbol = plan.leg(leg).symbol;
    plan.waiting = id;
    plan.lookup = false;
    out.journal(JournalLines.order(id, plan.pair, symbol, lots));
    out.add(new EaAction.Order(id, plan.pair, symbol, lots, plan.closes(kind)));
  }

  /** D6: a leg of which the broker has less than the journal was closed by other hands. */
  void adoptWhatIsThere(PairBook pair, int leg, Actions out) {
    double there = -standing.book.closing(pair, leg);
    if (Math.abs(there - pair.lots(leg)) > Book.SMALLEST) {
      out.journal(JournalLines.adopt("closed elsewhere", pair.pair(), pair.symbol(leg), there));
      pair.set(leg, there);
    }
  }

  private void goOnClosing(Plan plan, long now, Actions out) {
    PairBook held = book(plan);
    for (int i = 0; i < 2; i++) {
      PlannedLeg leg = plan.leg(i);
      if (leg.done) {
        continue;
      }
      adoptWhatIsThere(held, i, out);
      leg.asked = -held.lots(i);
      if (leg.asked != 0) {
        order(plan, i, OrderKind.ORDER, leg.asked, out);
        return;
      }
      leg.done = true;
    }
    boolean none = plan.leg(0).isUnfilled() && plan.leg(1).isUnfilled();
    finish(plan, none ? SignalOutcome.REJECTED : SignalOutcome.PARTIAL, now, out);
  }

  private void finish(Plan plan, SignalOutcome otherwise, long now, Actions out) {
    List<SignalOutcome> legs = List.of(plan.leg(0).outcome(), plan.leg(1).outcome());
    boolean all = legs.stream().allMatch(leg -> leg == SignalOutcome.FILLED);
    answers.finish(plan, all ? SignalOutcome.FILLED : otherwise, legs, "", now, out);
  }

  private void goOnEntering(Plan plan, long now, Actions out) {
    for (int i = 0; i < 2 && !plan.breaking; i++) {
      if (plan.leg(i).done) {
        continue;
      }
      Optional<String> reason = rules.forbidden(now, plan.expiresAt);
      if (reason.isEmpty()) {
        orderEntry(plan, i, out);
        return;
      }
      if (plan.resumed && clock.at(now) == null && now < resumeUntil) {
        return;
      }
      if (i == 0) {
        boolean expired = reason.get().equals(EntryRules.EXPIRED);
        answers.refuse(
            plan, expired ? SignalOutcome.EXPIRED : SignalOutcome.BLOCKED, reason.get(), now, out);
        return;
      }
      plan.breakOff(reason.get());
    }
    if (!plan.breaking) {
      boolean none = plan.leg(0).isUnfilled();
      finish(plan, none ? SignalOutcome.REJECTED : SignalOutcome.PARTIAL, now, out);
    } else if (!unwindNext(plan, out)) {
      answers.finish(
          plan,
          SignalOutcome.LEG_BREAK,
          List.of(broken(plan.leg(0)), broken(plan.leg(1))),
          plan.reason,
          now,
          out);
    }
  }

  private static SignalOutcome broken(PlannedLeg leg) {
    return leg.isUnfilled() ? SignalOutcome.REJECTED : SignalOutcome.LEG_BREAK;
  }

  /** A first leg dealt in part is hedged in part. */
  private void orderEntry(Plan plan, int i, Actions out) {
    PlannedLeg leg = plan.leg(i);
    PlannedLeg first = plan.leg(0);
    if (i == 1 && first.outcome() == SignalOutcome.PARTIAL) {
      double whole = Math.abs(leg.asked);
      double lots = rules.quotes().stepped(leg.symbol, whole * (first.filled / first.asked));
      if (lots > 0 && lots < whole) {
        leg.asked = leg.asked < 0 ? -lots : lots;
      }
    }
    order(plan, i, OrderKind.ORDER, leg.asked, out);
  }

  /** D8: takes back what was dealt; false when nothing is left to try. */
  private boolean unwindNext(Plan plan, Actions out) {
    PairBook held = book(plan);
    for (int i = 0; i < 2; i++) {
      PlannedLeg leg = plan.leg(i);
      if (!leg.isUnfilled() && !leg.unwound && held.lots(i) != 0) {
        order(plan, i, OrderKind.UNWIND, -held.lots(i), out);
        return true;
      }
    }
    return false;
  }

  /** D11: takes up what is unfinished and due. */
  void retry(long now, Actions out) {
    for (PairBook pair : standing.book.pairs()) {
      if (standing.plan == null && pair.unfinishedSeq != 0 && now >= pair.retryAt) {
        pair.retryAt = now + Standing.RETRY_AFTER;
        retry(pair, out);
      }
    }
  }

  private void retry(PairBook pair, Actions out) {
    for (int i = 0; i < 2; i++) {
      adoptWhatIsThere(pair, i, out);
    }
    for (int i = 0; i < 2; i++) {
      if (pair.lots(i) != 0) {
        Plan plan = Plan.closing(pair.unfinishedSeq, pair.pair());
        standing.begin(plan);
        order(plan, i, pair.unfinishedKind, -pair.lots(i), out);
        return;
      }
    }
    pair.unfinishedSeq = 0;
  }

  /** D7: the answer to an order, or to a look-up: then no deals mean that it was never sent. */
  void result(EaResult told, long now, Actions out) {
    Plan plan = standing.plan;
    if (plan == null || !told.order().equals(plan.waiting)) {
      return;
    }
    OrderId order = told.order();
    // Deals of an earlier sending of the same order have its number too.
    List<EaDeal> deals =
        told.deals().stream()
            .filter(deal -> standing.isNew(order.seq(), deal.ticket()))
            .limit(MOST_DEALS)
            .toList();
    if (plan.lookup && deals.isEmpty()) {
      plan.waiting = null;
      plan.lookup = false;
      if (plan.retry) {
        standing.plan = null;
      }
      goOn(now, out);
      return;
    }
    PairBook held = book(plan);
    double sum = book(plan, order, held, deals, told, out);
    standing.book.deal(held, order.leg(), sum, !plan.lookup);
    if (plan.retry && sum != 0) {
      held.retryAt = now;
    }
    standing.done(plan, order, sum);
    goOn(now, out);
  }

  /** Puts deals, or their refusal, on record; lots dealt, negative when sold. */
  private double book(
      Plan plan, OrderId order, PairBook held, List<EaDeal> deals, EaResult told, Actions out) {
    PlannedLeg leg = plan.leg(order.leg());
    // What takes away what is held has the opposite sign.
    boolean buy =
        order.kind() == OrderKind.UNWIND || plan.retry ? held.lots(order.leg()) < 0 : leg.asked > 0;
    boolean refused = deals.isEmpty() && !plan.retry;
    List<EaDeal> lines = refused ? List.of(new EaDeal(order.magic(), 0, 0, told.retcode())) : deals;
    StringJoiner fills = new StringJoiner(",");
    double sum = 0;
    for (EaDeal deal : lines) {
      String fill =
          JournalLines.fill(config.account(), order, plan.pair, leg.symbol, buy, deal, told.at());
      fills.add(fill);
      standing.outbox.add(EaDocument.Stream.FILLS, fill, plan.seq);
      sum += buy ? deal.lots() : -deal.lots();
    }
    out.journal(JournalLines.deals(order, plan.pair, fills.toString()));
    if (config.files() && fills.length() > 0) {
      out.write(
          "result-" + order.magic() + ".json", answers.resultFile(plan.seq, fills.toString()));
    }
    return sum;
  }
}
