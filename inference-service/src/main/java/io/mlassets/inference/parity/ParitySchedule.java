package io.mlassets.inference.parity;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Rounds of the parity check, on a thread of their own; one that fails is counted and repeated. */
@Component
@EnableConfigurationProperties(ParitySettings.class)
class ParitySchedule implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ParitySchedule.class);
  private final CheckParity check;
  private final ParitySettings settings;
  private final MeterRegistry meters;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("parity").unstarted(work));
  private volatile boolean running;

  ParitySchedule(CheckParity check, ParitySettings settings, MeterRegistry meters) {
    this.check = check;
    this.settings = settings;
    this.meters = meters;
  }

  @Override
  public void start() {
    running = true;
    if (settings.isOn()) {
      long every = settings.every().toMillis();
      var unused = thread.scheduleWithFixedDelay(this::round, every, every, TimeUnit.MILLISECONDS);
    }
  }

  private void round() {
    try {
      check.round();
    } catch (RuntimeException e) {
      meters.counter("parity_check_failures_total").increment();
      log.warn("parity could not be checked, again in {}: {}", settings.every(), e.toString());
    }
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
