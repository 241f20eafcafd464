package io.mlassets.dispatcher.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.dispatcher.alert.Alerts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs of the schedule with what they tell: metrics, log lines, alerts. */
final class ArchiveWatch {
  private static final Logger log = LoggerFactory.getLogger(ArchiveWatch.class);
  private static final String FAILED = "archive/failed";
  private static final String WAITING = "archive/waiting";
  private final SignalArchive archive;
  private final Alerts alerts;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Timer duration;
  private final AtomicLong behind;
  private final AtomicLong lastSuccess;
  private boolean failing;
  private boolean waiting;

  ArchiveWatch(SignalArchive archive, Alerts alerts, MeterRegistry meters, Clock clock) {
    this.archive = archive;
    this.alerts = alerts;
    this.meters = meters;
    this.clock = clock;
    this.duration =
        Timer.builder("archive.duration").description("of a run of the archive").register(meters);
    this.behind = new AtomicLong();
    this.lastSuccess = new AtomicLong();
    meters.gauge("archive_days_behind", behind);
    meters.gauge("archive_last_success_timestamp_seconds", lastSuccess);
  }

  /** Runs once; throws when it did not work, so that the schedule tries again. */
  void run() {
    Instant started = clock.instant();
    ArchiveReport report;
    try {
      report = archive.run();
    } catch (RuntimeException e) {
      failed(String.valueOf(e.getMessage()));
      throw e;
    }
    duration.record(Duration.between(started, clock.instant()));
    if (report.busy()) {
      count("busy");
      log.info("another run of the archive is under way");
      return;
    }
    behind.set(report.waiting().size() + report.failed().size());
    meters.counter("archive_signals_total").increment(report.signals());
    tellWaiting(report);
    if (!report.failed().isEmpty()) {
      failed(String.join("; ", report.failed()));
      throw new IllegalStateException("archive: " + report.failed());
    }
    count("done");
    lastSuccess.set(clock.instant().getEpochSecond());
    log.info("archived {} with {} signals", report.moved(), report.signals());
    if (failing) {
      failing = false;
      alerts.resolve(FAILED, "signals are archived again");
    }
  }

  private void failed(String why) {
    count("failed");
    failing = true;
    log.error("signals are not archived; they stay in core.signals_live: {}", why);
    alerts.raise(
        new Alert(
            FAILED,
            Severity.ERROR,
            "signals are not archived; they stay in core.signals_live",
            Map.of("failure", why)));
  }

  /** Days stay whole weeks: an outcome missing for that long does not come by itself. */
  private void tellWaiting(ArchiveReport report) {
    if (!report.waiting().isEmpty()) {
      waiting = true;
      log.warn("days that cannot be archived: {}", report.waiting());
      alerts.raise(
          new Alert(
              WAITING,
              Severity.WARNING,
              "days cannot be archived: signals without a recorded outcome",
              Map.of("days", report.waiting().toString())));
    } else if (waiting) {
      waiting = false;
      alerts.resolve(WAITING, "every day that waited has its outcomes");
    }
  }

  private void count(String result) {
    meters.counter("archive_runs_total", "result", result).increment();
  }
}
