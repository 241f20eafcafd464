package io.mlassets.inference.parity;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.platform.WatchLoop;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Rounds of the parity check, on a thread of their own; one that fails is counted and repeated. */
@Component
@EnableConfigurationProperties(ParitySettings.class)
class ParitySchedule extends WatchLoop {
  private final CheckParity check;
  private final ParitySettings settings;
  private final MeterRegistry meters;

  ParitySchedule(CheckParity check, ParitySettings settings, MeterRegistry meters) {
    super("parity", settings.every(), settings.every());
    this.check = check;
    this.settings = settings;
    this.meters = meters;
  }

  @Override
  public boolean isAutoStartup() {
    return settings.isOn();
  }

  @Override
  protected void look() {
    try {
      check.round();
    } catch (RuntimeException e) {
      meters.counter("parity_check_failures_total").increment();
      throw e;
    }
  }
}
