package io.mlassets.dispatcher.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.AnswerReader;
import io.mlassets.channel.Channels;
import io.mlassets.dispatcher.control.EaContact;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.redis.StreamEntry;
import io.mlassets.signal.SignalSeal;
import io.mlassets.trade.PositionReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps a report of positions and has it compared. */
@Component
class RecordReport {
  private static final Logger log = LoggerFactory.getLogger(RecordReport.class);
  private final AnswerReader reader;
  private final ReportBook book;
  private final ReconcilePositions reconcile;
  private final TransactionOperations transactions;
  private final Quarantine quarantine;
  private final Channels channels;
  private final MeterRegistry meters;

  RecordReport(
      SignalSeal seal,
      ReportBook book,
      ReconcilePositions reconcile,
      TransactionOperations transactions,
      Quarantine quarantine,
      Channels channels,
      MeterRegistry meters) {
    this.reader = new AnswerReader(seal);
    this.book = book;
    this.reconcile = reconcile;
    this.transactions = transactions;
    this.quarantine = quarantine;
    this.channels = channels;
    this.meters = meters;
  }

  void record(StreamEntry entry) {
    PositionReport report;
    try {
      report = reader.positions(entry.json());
    } catch (IllegalArgumentException e) {
      refuse("malformed", "not a report of positions: " + e.getMessage(), entry);
      return;
    }
    try {
      boolean kept =
          Boolean.TRUE.equals(
              transactions.execute(
                  status ->
                      book.keep(
                          report, EaContact.modeOf(report.account()), entry.json(), entry.id())));
      count(kept ? "kept" : "older");
      if (kept) {
        log.info("{} reports its positions as of signal {}", report.account(), report.lastSeq());
        reconcile.look();
      }
    } catch (DataIntegrityViolationException e) {
      refuse("unstorable", String.valueOf(e.getMostSpecificCause().getMessage()), entry);
    }
  }

  /** Leader and standby both read and refuse it. */
  private void refuse(String reason, String message, StreamEntry entry) {
    count(reason);
    quarantine.refuseOnce("stream " + channels.positions(), message, entry.json(), entry.id());
  }

  private void count(String outcome) {
    meters.counter("position_reports_total", "outcome", outcome).increment();
  }
}
