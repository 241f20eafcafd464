package io.mlassets.validator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.drift.FeatureDrift;
import io.mlassets.drift.FeatureReference;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("V-02")
class MeasureFeaturesTest {
  private static final FeatureSchema SCHEMA = FeatureSchema.of(List.of("slow"));
  private static final int HOLDING_BARS = 48;
  private final Policies policies = PolicyFiles.read(TestServers.configFolder());
  private final Random random = new Random(23);

  private FeatureReference reference() {
    double[] sample = random.doubles(20_000).map(u -> random.nextGaussian()).toArray();
    return FeatureReference.of("slow", sample, 10);
  }

  /** Thirty holding periods of 20 rows each; the feature hardly changes within one. */
  private Candidates clustered() {
    List<Candidates.Row> rows = new ArrayList<>();
    for (int period = 0; period < 30; period++) {
      double value = random.nextGaussian();
      for (int i = 0; i < 20; i++) {
        Instant ts = Instant.EPOCH.plusSeconds(60L * (period * HOLDING_BARS + i));
        rows.add(
            new Candidates.Row(
                "XAUUSD-XAGUSD", BarInterval.M1, ts, 0.5, false, false, new double[] {value}));
      }
    }
    return new Candidates(SCHEMA, rows, HOLDING_BARS);
  }

  @Test
  void runs_of_like_rows_of_an_unchanged_market_do_not_alarm_although_plain_counting_would() {
    FeatureReference reference = reference();
    MeasureFeatures measure = new MeasureFeatures(policies);
    int alarms = 0;
    int alarmsWhenEachRowCounts = 0;
    for (int round = 0; round < 100; round++) {
      Candidates live = clustered();
      assertThat(live.effectiveRows()).isEqualTo(30);
      alarms += measure.of(live, List.of(reference)).drifted() ? 1 : 0;
      FeatureDrift naive =
          FeatureDrift.between(reference, live.values("slow"), policies.retrain().drift());
      alarmsWhenEachRowCounts += naive.drifted() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(2);
    assertThat(alarmsWhenEachRowCounts).isGreaterThan(50);
  }
}
