package io.mlassets.dispatcher.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.AnswerReader;
import io.mlassets.control.Cause;
import io.mlassets.control.StopRules;
import io.mlassets.control.TradingState;
import io.mlassets.dispatcher.control.AwaitedReports;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.dispatcher.reconcile.ReportBook.Kept;
import io.mlassets.dispatcher.reconcile.ReportBook.Status;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import io.mlassets.trade.PositionDifference;
import io.mlassets.trade.Reconcile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares each account's newest report with the deals booked, until it agrees or has differed too
 * long: fills may be behind it. Every report is compared once more at the start, as of when it
 * agreed: the database may have been put back. A live account's difference is latched as {@link
 * Cause#POSITIONS}.
 */
@Component
class ReconcilePositions {
  private static final Logger log = LoggerFactory.getLogger(ReconcilePositions.class);
  private static final String ACTOR = "dispatcher";
  private final PoliciesInForce policies;
  private final AnswerReader reader;
  private final ReportBook book;
  private final TradingStates states;
  private final AwaitedReports awaited;
  private final AtomicInteger differing = new AtomicInteger();
  private boolean lookedBack;

  ReconcilePositions(
      PoliciesInForce policies,
      SignalSeal seal,
      ReportBook book,
      TradingStates states,
      AwaitedReports awaited,
      MeterRegistry meters) {
    this.policies = policies;
    this.reader = new AnswerReader(seal);
    this.book = book;
    this.states = states;
    this.awaited = awaited;
    meters.gauge("position_accounts_differing", differing);
  }

  private StopRules.Positions rules() {
    return policies.now().signals().stops().positions();
  }

  /** Looks once; returns the reports as they stand. */
  synchronized List<Kept> look() {
    List<Kept> reports = book.all();
    boolean changed = false;
    for (Kept report : reports) {
      if (report.status() == Status.CHECKING) {
        changed |= compare(report);
      } else if (!lookedBack) {
        changed |= compareAgain(report);
      }
    }
    lookedBack = true;
    List<Kept> now = changed ? book.all() : reports;
    differing.set((int) now.stream().filter(one -> one.status() == Status.DIFFERS).count());
    return now;
  }

  private boolean compare(Kept report) {
    Instant asOf = book.now();
    List<PositionDifference> found = differences(report, asOf);
    if (found.isEmpty()) {
      book.note(report, Status.AGREES, found, asOf);
      awaited.settled(report.account());
      log.info("{}: positions agree as of signal {}", report.account(), report.lastSeq());
      return true;
    }
    if (Duration.between(report.receivedAt(), asOf).compareTo(rules().limit()) < 0) {
      return !found.equals(report.differences()) && book.note(report, Status.CHECKING, found, null);
    }
    differs(report, found, asOf);
    return true;
  }

  /** As of when it agreed: what was booked since may follow from orders of before. */
  private boolean compareAgain(Kept report) {
    Instant asOf = report.settledAt();
    if (asOf == null || report.status() != Status.AGREES) {
      return false;
    }
    List<PositionDifference> found = differences(report, asOf);
    if (!found.isEmpty()) {
      differs(report, found, asOf);
    }
    return !found.isEmpty();
  }

  private List<PositionDifference> differences(Kept report, Instant asOf) {
    return Reconcile.differences(
        book.booked(report.account(), report.lastSeq(), asOf), reader.positions(report.document()));
  }

  private void differs(Kept report, List<PositionDifference> found, Instant asOf) {
    // Latched before it is noted: after a crash in between it is found again.
    TradingState state = rules().state();
    if (report.mode().equals(SignalMode.LIVE.wire()) && state != TradingState.ACTIVE) {
      states.stop(Cause.POSITIONS, state, reason(report, found), figures(found), ACTOR);
    }
    awaited.settled(report.account());
    if (book.note(report, Status.DIFFERS, found, asOf)) {
      log.warn("{}", reason(report, found));
    }
  }

  private static String reason(Kept report, List<PositionDifference> found) {
    String more = found.size() == 1 ? "" : " and %d more".formatted(found.size() - 1);
    return "%s holds %s%s".formatted(report.account(), found.getFirst().text(), more);
  }

  private static Map<String, Double> figures(List<PositionDifference> found) {
    PositionDifference first = found.getFirst();
    Map<String, Double> figures = new HashMap<>();
    figures.put("differences", (double) found.size());
    figures.put("ours", first.ours());
    figures.put("journal", first.journal());
    Double broker = first.broker();
    if (broker != null) {
      figures.put("broker", broker);
    }
    return figures;
  }
}
