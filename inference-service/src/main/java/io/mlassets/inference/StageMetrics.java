package io.mlassets.inference;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where the time of a signal goes, stage by stage, and what its decision and commit allocate: what
 * the decision thread makes is what the garbage collector stops it for. For the decision thread
 * only, but {@link #shown}; it notes a few numbers and records them once its decisions are
 * committed.
 */
@Component
class StageMetrics {
  private static final String STAGE = "inference.stage";
  private static final Duration[] OBJECTIVES = {
    Duration.ofNanos(10_000),
    Duration.ofNanos(100_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1)
  };

  private final Clock clock;
  private final Timer barIn;
  private final Timer features;
  private final Timer predict;
  private final Timer decide;
  private final Timer commit;
  private final Timer show;
  private final DistributionSummary allocated;
  private final @Nullable ThreadMXBean threads;
  private long allocatedBefore;
  private int decided;

  StageMetrics(MeterRegistry meters, Clock clock) {
    this.clock = clock;
    this.barIn = timer(meters, "bar_in");
    this.features = timer(meters, "features");
    this.predict = timer(meters, "predict");
    this.decide = timer(meters, "decide");
    this.commit = timer(meters, "commit");
    this.show = timer(meters, "show");
    this.allocated =
        DistributionSummary.builder("inference.allocation")
            .description(
                "bytes the decision thread allocates for one decision, until it is committed")
            .baseUnit("bytes")
            .register(meters);
    this.threads =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                && bean.isThreadAllocatedMemorySupported()
            ? bean
            : null;
  }

  private static Timer timer(MeterRegistry meters, String stage) {
    return Timer.builder(STAGE)
        .description("what one stage takes, from the bar in the stream to the state shown beside")
        .tag("stage", stage)
        .serviceLevelObjectives(OBJECTIVES)
        .register(meters);
  }

  /** A read of bars begins. */
  void begin(List<BarEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    for (BarEntry entry : entries) {
      @Nullable Instant cameAt = entry.cameAt();
      if (cameAt != null) {
        Duration since = Duration.between(cameAt, now);
        barIn.record(since.isNegative() ? Duration.ZERO : since);
      }
    }
    decided = 0;
    allocatedBefore = allocated();
  }

  /** Decisions were committed, which took so long. */
  void committed(List<Decided> decisions, long nanos) {
    commit.record(nanos, TimeUnit.NANOSECONDS);
    for (Decided one : decisions) {
      if (one.cameAt() != null) {
        features.record(one.took().features(), TimeUnit.NANOSECONDS);
        predict.record(one.took().predict(), TimeUnit.NANOSECONDS);
        decide.record(one.took().decide(), TimeUnit.NANOSECONDS);
      }
    }
    decided += decisions.size();
  }

  /** States were written to Redis, which took so long; for the thread that does. */
  void shown(long nanos) {
    show.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** What was decided outside of a read of bars is no part of the next one's average. */
  void forget() {
    decided = 0;
  }

  /** The read is done with. */
  void end() {
    if (decided > 0 && threads != null) {
      allocated.record((double) (allocated() - allocatedBefore) / decided);
    }
    decided = 0;
  }

  private long allocated() {
    return threads == null ? 0 : threads.getCurrentThreadAllocatedBytes();
  }
}
