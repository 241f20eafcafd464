package io.mlassets.dispatcher.reconcile;

import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.dispatcher.alert.Pages;
import io.mlassets.dispatcher.control.AwaitedReports;
import io.mlassets.dispatcher.outbox.SignalStream;
import io.mlassets.dispatcher.reconcile.ReportBook.Kept;
import io.mlassets.dispatcher.reconcile.ReportBook.Status;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.WatchLoop;
import io.mlassets.signal.SignalMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Has reports compared again while fills come in behind them, and ends the waiting at the start:
 * when the account's report was compared, or, some time later, when its acks tell as much. An
 * Expert Advisor that stayed connected while the dispatcher was away reports nothing by itself.
 */
@Component
class WatchReports extends WatchLoop {
  private static final String KEYS = "positions/";
  private final PoliciesInForce policies;
  private final ReconcilePositions reconcile;
  private final ReportBook book;
  private final AwaitedReports awaited;
  private final Pages pages;
  private final String stream;
  private final Clock clock;

  WatchReports(
      PoliciesInForce policies,
      ReconcilePositions reconcile,
      ReportBook book,
      AwaitedReports awaited,
      Pages pages,
      Clock clock,
      DispatcherSettings settings) {
    super("positions", Duration.ZERO, settings.watchEvery());
    this.policies = policies;
    this.reconcile = reconcile;
    this.book = book;
    this.awaited = awaited;
    this.pages = pages;
    this.stream = new SignalStream(settings.scope(), SignalMode.LIVE).id();
    this.clock = clock;
  }

  @Override
  protected void look() {
    List<Kept> reports = reconcile.look();
    Optional<Instant> since = awaited.since();
    if (since.isEmpty()) {
      return;
    }
    awaited
        .accounts()
        .forEach(
            (account, before) -> {
              if (isKnown(account, before, reports, isOver(since.get()))) {
                awaited.settled(account);
              }
            });
    tell(since.get());
  }

  /** Also when another dispatcher compared it, or an operator forgot the account there. */
  private boolean isKnown(
      String account, Optional<Instant> before, List<Kept> reports, boolean over) {
    Optional<Kept> found =
        reports.stream().filter(one -> one.account().equals(account)).findFirst();
    return found.isEmpty()
        || found
            .filter(report -> report.settledAt() != null)
            .filter(
                report ->
                    !Optional.ofNullable(report.settledAt()).equals(before)
                        || (over
                            && report.status() != Status.DIFFERS
                            && book.goesOn(report, stream)))
            .isPresent();
  }

  private boolean isOver(Instant since) {
    return !clock
        .instant()
        .isBefore(since.plus(policies.now().signals().stops().positions().report()));
  }

  private void tell(Instant since) {
    Set<String> accounts = awaited.accounts().keySet();
    for (String key : pages.open(KEYS)) {
      if (!accounts.contains(key.substring(KEYS.length()))) {
        pages.close(key, key.substring(KEYS.length()) + ": positions are known again");
      }
    }
    if (isOver(since)) {
      for (String account : accounts) {
        pages.open(
            new Alert(
                KEYS + account,
                Severity.ERROR,
                account + ": no report of positions since the dispatcher started; entries wait",
                Map.of("since", since.toString())),
            0);
      }
    }
  }
}
