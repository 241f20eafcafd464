package io.mlassets.validator.drift;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.platform.WatchLoop;
import io.mlassets.validator.ValidatorSettings;
import org.springframework.stereotype.Component;

/** Measures again and again while the service runs; a failed measurement is counted and retried. */
@Component
class DriftSchedule extends WatchLoop {
  private final CheckDrift check;
  private final MeterRegistry meters;

  DriftSchedule(CheckDrift check, ValidatorSettings settings, MeterRegistry meters) {
    super("drift", settings.initialDelay(), settings.interval());
    this.check = check;
    this.meters = meters;
  }

  @Override
  protected void look() {
    try {
      check.now();
    } catch (RuntimeException e) {
      count("failed");
      throw e;
    }
    count("done");
  }

  private void count(String outcome) {
    meters.counter("drift_checks_total", "outcome", outcome).increment();
  }
}
