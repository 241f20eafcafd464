package io.mlassets.bench.faults;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What outbox, log, Expert Advisor's broker and booked trades say of each other when all is quiet;
 * of everything but the first three there must be none.
 *
 * @param signals committed
 * @param orders entries and exits sent
 * @param deals of the broker
 * @param undecided bars of a pair without a decision on record, of those behind the first decision
 * @param withoutOutcome signals that were neither sent nor refused
 * @param unanswered orders sent that no outcome is on record for
 * @param gaps numbers missing between the first and the last
 * @param staleWrites numbers given under an epoch below that of the number before
 * @param logDiffers entries of the log that are not the bytes on record
 * @param tradesDiffer deals not booked as they were, and bookings without a deal
 * @param doubled orders dealt twice
 * @param inverted orders dealt after a later one of their pair
 * @param expired entries dealt past their expiry
 */
record Findings(
    long signals,
    long orders,
    long deals,
    long undecided,
    long withoutOutcome,
    long unanswered,
    long gaps,
    long staleWrites,
    long logDiffers,
    long tradesDiffer,
    long doubled,
    long inverted,
    long expired) {

  /** Sentences on what should not be. */
  List<String> broken() {
    return new Bounds()
        .none(undecided, "bars have no decision")
        .none(withoutOutcome, "signals have no outcome")
        .none(unanswered, "orders have no answer")
        .none(gaps, "numbers are missing")
        .none(staleWrites, "numbers were given under an epoch that was over")
        .none(logDiffers, "entries of the log are not what is on record")
        .none(tradesDiffer, "deals and booked trades differ")
        .none(doubled, "orders were dealt twice")
        .none(inverted, "orders were dealt after a later one of their pair")
        .none(expired, "entries were dealt past their expiry")
        .broken();
  }

  /** As the report has it. */
  SequencedMap<String, @Nullable Object> fields() {
    return Report.fields(
        "signals", signals,
        "orders", orders,
        "deals", deals,
        "undecided", undecided,
        "without_outcome", withoutOutcome,
        "unanswered", unanswered,
        "gaps", gaps,
        "stale_writes", staleWrites,
        "log_differs", logDiffers,
        "trades_differ", tradesDiffer,
        "duplicate_orders", doubled,
        "inverted_orders", inverted,
        "expired_executed", expired);
  }
}
