package io.mlassets.dispatcher.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** What the dispatcher measures of itself. */
@Component
class DispatchMetrics {
  private static final long WINDOW_MILLIS = 60_000;

  private static final Duration[] OBJECTIVES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1)
  };

  private record Sent(long atMillis, int count) {}

  /** What a round with signals does, in this order. */
  enum Stage {
    /** Finds committed signals. */
    LOOK,
    /** Gives them numbers and writes the bytes to be sent. */
    NUMBER,
    /** Appends them to the log and publishes them. */
    PUBLISH,
    /** Notes that they were sent. */
    MARK
  }

  private final MeterRegistry meters;
  private final Clock clock;
  private final Timer latency;
  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
  private final Map<SignalStream, AtomicInteger> stalled = new ConcurrentHashMap<>();
  private final Deque<Sent> lastMinute = new ArrayDeque<>();

  DispatchMetrics(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
    this.latency =
        Timer.builder("dispatch.latency")
            .description("from writing a signal's row to its publication")
            .publishPercentileHistogram()
            .register(meters);
    for (Stage stage : Stage.values()) {
      stages.put(
          stage,
          Timer.builder("dispatch.stage")
              .description("what one stage of a round with signals takes")
              .tag("stage", stage.name().toLowerCase(Locale.ROOT))
              .serviceLevelObjectives(OBJECTIVES)
              .register(meters));
    }
    meters.gauge("signals_per_min", this, DispatchMetrics::perMinute);
  }

  /** A stage that began then, {@link System#nanoTime}, is over. */
  void over(Stage stage, long since) {
    Objects.requireNonNull(stages.get(stage))
        .record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
  }

  void dispatched(SignalStream stream, Dispatched one) {
    String action =
        one.waiting() instanceof Waiting.Ready ready ? ready.signal().action().name() : "none";
    meters
        .counter(
            "signals_dispatched_total",
            "action",
            action,
            "mode",
            stream.mode().wire(),
            "outcome",
            one.outcome().name())
        .increment();
  }

  /** An entry was blocked. */
  void refused(SignalStream stream, String reason) {
    meters
        .counter("entries_refused_total", "mode", stream.mode().wire(), "reason", reason)
        .increment();
  }

  void sent(List<Numbered> signals) {
    Instant now = clock.instant();
    for (Numbered signal : signals) {
      Duration since = Duration.between(signal.createdAt(), now);
      latency.record(since.isNegative() ? Duration.ZERO : since);
    }
    count(signals.size());
  }

  private synchronized void count(int count) {
    lastMinute.addLast(new Sent(clock.millis(), count));
    forgetOld();
  }

  private synchronized double perMinute() {
    forgetOld();
    return lastMinute.stream().mapToInt(Sent::count).sum();
  }

  private void forgetOld() {
    long oldest = clock.millis() - WINDOW_MILLIS;
    while (!lastMinute.isEmpty() && lastMinute.getFirst().atMillis() < oldest) {
      lastMinute.removeFirst();
    }
  }

  /** An entry that had its number went out as a HOLD. */
  void takenBack(SignalStream stream, Dispatched.Outcome outcome) {
    meters
        .counter(
            "signals_taken_back_total", "mode", stream.mode().wire(), "outcome", outcome.name())
        .increment();
  }

  void rebuilt(int count) {
    meters.counter("signals_log_rebuilt_total").increment(count);
  }

  /** A heartbeat was published. */
  void told(SignalStream stream) {
    meters.counter("heartbeats_sent_total", "mode", stream.mode().wire()).increment();
  }

  void leads(SignalStream stream, boolean leads) {
    meters
        .counter("dispatch_rounds_total", "stream", stream.id(), "leads", String.valueOf(leads))
        .increment();
  }

  /** Whether the last round of a stream failed; true if that is a change. */
  boolean stalled(SignalStream stream, boolean now) {
    AtomicInteger gauge =
        stalled.computeIfAbsent(
            stream,
            one ->
                Objects.requireNonNull(
                    meters.gauge(
                        "dispatch_stalled", Tags.of("stream", one.id()), new AtomicInteger())));
    return gauge.getAndSet(now ? 1 : 0) != gauge.get();
  }

  void roundFailed() {
    meters.counter("dispatch_round_failures_total").increment();
  }
}
