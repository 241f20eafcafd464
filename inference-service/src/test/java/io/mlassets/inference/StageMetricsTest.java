package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlassets.decision.DecisionState;
import io.mlassets.decision.DecisionTrace;
import io.mlassets.decision.Position;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.parity.BarsSeen;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalMode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StageMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T00:01:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final StageMetrics stages = new StageMetrics(meters, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void each_stage_of_live_decisions_is_timed_and_what_was_caught_up_is_not() {
    stages.begin(
        List.of(new BarEntry("1-0", "", NOW.minusMillis(30)), new BarEntry("2-0", "", null)));
    stages.committed(List.of(decided(NOW), decided(NOW), decided(null)), 5_000);
    stages.shown(7_000);
    stages.end();

    assertThat(timer("bar_in").count()).isEqualTo(1);
    assertThat(timer("bar_in").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
    assertThat(timer("features").count()).isEqualTo(2);
    assertThat(timer("features").totalTime(TimeUnit.NANOSECONDS)).isEqualTo(2_000);
    assertThat(timer("predict").totalTime(TimeUnit.NANOSECONDS)).isEqualTo(4_000);
    assertThat(timer("decide").totalTime(TimeUnit.NANOSECONDS)).isEqualTo(6_000);
    assertThat(timer("commit").totalTime(TimeUnit.NANOSECONDS)).isEqualTo(5_000);
    assertThat(timer("show").totalTime(TimeUnit.NANOSECONDS)).isEqualTo(7_000);
  }

  @Test
  void what_a_read_allocates_is_shared_among_its_decisions() {
    DistributionSummary allocated = meters.get("inference.allocation").summary();
    stages.begin(List.of(new BarEntry("1-0", "", null)));
    byte[] garbage = new byte[4_000_000];
    stages.committed(List.of(decided(NOW), decided(NOW)), garbage.length);
    stages.end();

    assertThat(allocated.count()).isEqualTo(1);
    assertThat(allocated.totalAmount()).isBetween(2_000_000.0, 2_500_000.0);

    stages.begin(List.of(new BarEntry("2-0", "", null)));
    stages.end();
    assertThat(allocated.count()).as("a read without decisions").isEqualTo(1);
  }

  private Timer timer(String stage) {
    return meters.get("inference.stage").tag("stage", stage).timer();
  }

  private static Decided decided(@Nullable Instant cameAt) {
    Pair pair = Pair.parse("SIM01A-SIM01B");
    Thresholds thresholds = new Thresholds(0.6, 0.4);
    Signal signal =
        new Signal(
            new UUID(1, 2),
            SignalMode.LIVE,
            pair,
            BarInterval.M1,
            NOW.minusSeconds(60),
            NOW,
            NOW.plusSeconds(60),
            0,
            0.5,
            0.5,
            0,
            Action.HOLD,
            List.of(),
            false,
            thresholds,
            new ModelVersion("20260101_0000"),
            "5f",
            0.5,
            "no_candidate");
    FeatureSchema schema = FeatureSchema.current();
    FeatureVector features =
        FeatureVector.of(schema, pair, signal.barTs(), new double[schema.size()]);
    DecisionState state =
        new DecisionState(
            NOW, thresholds, new SpreadState(0, 0, 1, 0, 1), new Position.Flat(), false);
    return new Decided(
        signal,
        features,
        new Scores(0.5, 0.5, 0),
        new DecisionTrace(signal.signalId(), signal.barTs(), state, "b", "p", "f"),
        new BarsSeen(1, 2, 3),
        cameAt,
        new StageNanos(1_000, 2_000, 3_000));
  }
}
