package io.mlassets.validator.drift;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.validator.ValidatorSettings;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Measures again and again while the service runs; a failed measurement is counted and retried. */
@Component
class DriftSchedule implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(DriftSchedule.class);
  private final CheckDrift check;
  private final ValidatorSettings settings;
  private final MeterRegistry meters;
  private final Clock clock;
  private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
  private volatile boolean running;

  DriftSchedule(CheckDrift check, ValidatorSettings settings, MeterRegistry meters, Clock clock) {
    this.check = check;
    this.settings = settings;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void start() {
    scheduler.setThreadNamePrefix("drift-");
    scheduler.setDaemon(true);
    scheduler.initialize();
    scheduler.scheduleWithFixedDelay(
        this::measure, clock.instant().plus(settings.initialDelay()), settings.interval());
    running = true;
  }

  private void measure() {
    try {
      check.now();
      meters.counter("drift_checks_total", "outcome", "done").increment();
    } catch (RuntimeException e) {
      meters.counter("drift_checks_total", "outcome", "failed").increment();
      log.error("drift could not be measured; again in {}", settings.interval(), e);
    }
  }

  @Override
  public void stop() {
    running = false;
    scheduler.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
