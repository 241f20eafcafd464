package io.mlassets.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.BarInterval;
import io.mlassets.model.BundleFile;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.TradingRules;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalMode;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bar whose features never came. */
class MissingFeaturesTest {
  private static final Instant TS = Instant.parse("2026-01-05T10:00:00Z");
  private static final FeatureSchema SCHEMA = FeatureSchema.of(List.of("news", "pair_class"));
  private static final FeatureVector MISSING = FeatureVector.missing(SCHEMA, SampleMarket.PAIR, TS);
  private static final TradingRules RULES = SamplePolicies.QUICK;
  private static final CorePolicy POLICY = SamplePolicies.core(RULES);
  private static final ModelBundle BUNDLE =
      BundleFile.read(
          SampleBundles.bytes(
              new ModelVersion("20260101_0000"),
              SCHEMA,
              List.of(SampleMarket.PAIR),
              BarInterval.H1,
              new Thresholds(0, 1),
              null),
          SampleBundles.KEY);

  /** A spread so many deviations from its mean. */
  private static SpreadState spread(double z) {
    return new SpreadState(4 + 0.01 * z, 3, 1, 1, 0.01);
  }

  private static Signal decided(FeatureVector features, double z, Position position) {
    return new DecideBar(POLICY, "hash")
        .decide(
            BUNDLE,
            SignalMode.LIVE,
            BarInterval.H1,
            features,
            new DecisionState(TS, new Thresholds(0, 1), spread(z), position, false))
        .signal();
  }

  private static FeatureVector known(double news) {
    return FeatureVector.of(SCHEMA, SampleMarket.PAIR, TS, new double[] {news, 1});
  }

  @Test
  void enters_nothing_and_says_why_where_a_known_one_enters() {
    double z = (RULES.entryZ() + RULES.stopZ()) / 2;
    assertThat(decided(known(2), z, new Position.Flat()).action()).isEqualTo(Action.ENTER);
    Signal signal = decided(MISSING, z, new Position.Flat());
    assertThat(signal.action()).isEqualTo(Action.HOLD);
    assertThat(signal.reason()).isEqualTo("features_missing");
    assertThat(DecideBar.scores(BUNDLE, MISSING)).isEqualTo(Scores.NOT_ASKED);
    assertThat(decided(MISSING, 0.1, new Position.Flat()).reason()).isEqualTo("no_candidate");
  }

  @Test
  void exits_and_holds_as_if_its_features_were_known() {
    Position open =
        new Position.Open(Direction.SHORT_SPREAD, TS.minusSeconds(3_600), spread(2.5), 1, 0.5);
    assertThat(decided(MISSING, 0, open).action()).isEqualTo(Action.EXIT);
    assertThat(decided(MISSING, 0, open).reason()).isEqualTo(decided(known(2), 0, open).reason());
    assertThat(decided(MISSING, 2.5, open).reason()).isEqualTo("in_position");
  }

  @Test
  void is_of_one_schema_all_the_same() {
    FeatureVector other =
        FeatureVector.missing(FeatureSchema.of(List.of("x")), SampleMarket.PAIR, TS);
    assertThatThrownBy(() -> DecideBar.scores(BUNDLE, other))
        .isInstanceOf(InvalidBundleException.class);
  }

  @Test
  void one_known_value_is_not_missing_and_categories_are_whole_numbers() {
    assertThat(MISSING.isMissing()).isTrue();
    assertThat(known(Double.NaN).isMissing()).isFalse();
    for (double bad : Arrays.asList(-1.0, 0.5, Double.POSITIVE_INFINITY)) {
      assertThatThrownBy(
              () -> FeatureVector.of(SCHEMA, SampleMarket.PAIR, TS, new double[] {1, bad}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("pair_class is " + bad);
    }
  }
}
