package io.mlassets.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.SpreadState;
import io.mlassets.testing.SampleMarket;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecisionTraceTest {
  private static final Instant BAR = Instant.parse("2026-01-05T10:00:00Z");
  private static final Instant MADE = BAR.plusSeconds(61);
  private static final SpreadState SPREAD = new SpreadState(1, 2, 3, 4, 5);
  private static final Thresholds THRESHOLDS = new Thresholds(0.7, 0.3);
  private static final Position FLAT = new Position.Flat();
  private static final UUID ID = new UUID(1, 2);

  private static Position open(Direction direction, Instant ts, SpreadState spread, int held) {
    return new Position.Open(direction, ts, spread, held, 0.5);
  }

  private static String hash(DecisionState state) {
    return new DecisionTrace(ID, BAR, state, "bundle", "policy", "features").sha256();
  }

  private static String hash(Instant made, Thresholds theta, SpreadState spread, Position held) {
    return hash(new DecisionState(made, theta, spread, held, false));
  }

  private static String hash(Position held) {
    return hash(MADE, THRESHOLDS, SPREAD, held);
  }

  @Test
  void every_bit_of_it_changes_its_hash() {
    DecisionState state = new DecisionState(MADE, THRESHOLDS, SPREAD, FLAT, false);
    Direction up = Direction.LONG_SPREAD;
    List<String> hashes =
        List.of(
            hash(state),
            hash(MADE.plusNanos(1_000), THRESHOLDS, SPREAD, FLAT),
            hash(MADE, new Thresholds(Math.nextUp(0.7), 0.3), SPREAD, FLAT),
            hash(MADE, new Thresholds(0.7, Math.nextUp(0.3)), SPREAD, FLAT),
            hash(MADE, THRESHOLDS, new SpreadState(Math.nextUp(1.0), 2, 3, 4, 5), FLAT),
            hash(MADE, THRESHOLDS, new SpreadState(1, Math.nextUp(2.0), 3, 4, 5), FLAT),
            hash(MADE, THRESHOLDS, new SpreadState(1, 2, Math.nextUp(3.0), 4, 5), FLAT),
            hash(MADE, THRESHOLDS, new SpreadState(1, 2, 3, Math.nextUp(4.0), 5), FLAT),
            hash(MADE, THRESHOLDS, new SpreadState(1, 2, 3, 4, Math.nextUp(5.0)), FLAT),
            hash(new DecisionState(MADE, THRESHOLDS, SPREAD, FLAT, true)),
            hash(open(up, BAR, SPREAD, 1)),
            hash(open(Direction.SHORT_SPREAD, BAR, SPREAD, 1)),
            hash(open(up, BAR.plusSeconds(60), SPREAD, 1)),
            hash(open(up, BAR, new SpreadState(1, 2, 3, 4, Math.nextUp(5.0)), 1)),
            hash(open(up, BAR, SPREAD, 2)),
            hash(new Position.Open(up, BAR, SPREAD, 1, Math.nextUp(0.5))),
            new DecisionTrace(new UUID(1, 3), BAR, state, "bundle", "policy", "features").sha256(),
            new DecisionTrace(ID, MADE, state, "bundle", "policy", "features").sha256(),
            new DecisionTrace(ID, BAR, state, "bundlep", "olicy", "features").sha256(),
            new DecisionTrace(ID, BAR, state, "bundle", "policyf", "eatures").sha256());

    assertThat(hashes).doesNotHaveDuplicates();
    assertThat(hash(state)).isEqualTo(hashes.getFirst());
  }

  @Test
  void time_is_what_the_database_keeps_of_it() {
    assertThat(new DecisionState(MADE.plusNanos(1_999), THRESHOLDS, SPREAD, FLAT, false).madeAt())
        .isEqualTo(MADE.plusNanos(1_000));
  }

  @Test
  void the_hash_of_features_knows_each_bit_and_a_missing_one() {
    FeatureSchema schema = FeatureSchema.of(List.of("a", "b"));
    Set<String> hashes = new HashSet<>();
    for (double[] values :
        List.of(
            new double[] {0, 1},
            new double[] {-0.0, 1},
            new double[] {0, Math.nextUp(1.0)},
            new double[] {Double.NaN, 1})) {
      hashes.add(DecisionTrace.sha256(FeatureVector.of(schema, SampleMarket.PAIR, BAR, values)));
    }
    hashes.add(
        DecisionTrace.sha256(
            FeatureVector.of(schema, SampleMarket.PAIR, MADE, new double[] {0, 1})));
    hashes.add(
        DecisionTrace.sha256(
            FeatureVector.of(
                FeatureSchema.of(List.of("b", "a")), SampleMarket.PAIR, BAR, new double[] {0, 1})));
    assertThat(hashes).hasSize(6);
  }
}
