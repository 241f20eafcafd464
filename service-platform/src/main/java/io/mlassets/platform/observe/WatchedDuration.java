package io.mlassets.platform.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A duration other systems watch under two names: a gauge with exactly the given name (seconds,
 * last value) and a histogram {@code <name>_seconds} by Prometheus conventions.
 */
public final class WatchedDuration {
  private final AtomicReference<Double> lastSeconds = new AtomicReference<>(0.0);
  private final Timer timer;

  /**
   * Registers both.
   *
   * @param name such as {@code inference_latency}
   */
  public WatchedDuration(MeterRegistry meters, String name, String description) {
    Gauge.builder(name, lastSeconds, AtomicReference::get)
        .description(description + ", last, in seconds")
        .strongReference(true)
        .register(meters);
    timer =
        Timer.builder(name.replace('_', '.'))
            .description(description)
            .publishPercentileHistogram()
            .register(meters);
  }

  /** Records one duration. */
  public void record(Duration duration) {
    lastSeconds.set(duration.toNanos() / 1e9);
    timer.record(duration);
  }
}
