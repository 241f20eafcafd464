package io.mlassets.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.label.Label;
import io.mlassets.label.Labels;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-04")
class KnownDirectionsTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int ENTRY = SamplePolicies.QUICK.featureWindow();
  private static final int HORIZON = SamplePolicies.QUICK.holdingBars();
  private static final double DEVIATION = 0.01;
  private static final Labels LABELS = new Labels(SamplePolicies.core(SamplePolicies.QUICK));

  @Test
  void distance_is_the_only_known_direction_and_it_lowers_the_chance_to_close() {
    assertThat(KnownDirections.ofReturn())
        .isEqualTo(Map.of(FeatureName.Z_DISTANCE.schemaName(), -1));
  }

  /** Shifted copies of a path keep their order, so what closes from afar closes from nearby. */
  @Test
  void of_two_paths_driven_alike_the_label_of_the_farther_one_is_never_the_better() {
    double[] starts = {2.0, 2.5, 3.0, 3.5, 4.5};
    for (int side : new int[] {1, -1}) {
      int[] closed = new int[starts.length];
      for (int path = 0; path < 400; path++) {
        double[] noise = new SplittableRandom(path).doubles(HORIZON, -1.2, 1.2).toArray();
        boolean nearer = true;
        for (int i = 0; i < starts.length; i++) {
          boolean reverted = label(side * starts[i], noise).reverted();
          assertThat(reverted && !nearer).as("path %d from %s", path, starts[i]).isFalse();
          nearer = reverted;
          closed[i] += reverted ? 1 : 0;
        }
      }
      assertThat(Arrays.stream(closed).boxed().toList())
          .isSortedAccordingTo((a, b) -> b - a)
          .doesNotHaveDuplicates()
          .doesNotContain(0, 400);
    }
  }

  /** The label of one entry at z = start, after which the spread is drawn back and shaken. */
  private static Label label(double start, double[] noise) {
    List<MarketView> views = new ArrayList<>();
    for (int i = 0; i < ENTRY; i++) {
      views.add(view(i, 0));
    }
    double z = start;
    views.add(view(ENTRY, z));
    for (int i = 0; i < HORIZON; i++) {
      z += -0.15 * z + noise[i];
      views.add(view(ENTRY + 1 + i, z));
    }
    return LABELS.of(views).getFirst();
  }

  /** The second leg stands still: the spread is the first leg's logarithm, its mean 0. */
  private static MarketView view(int bar, double z) {
    double logA = DEVIATION * z;
    Instant ts = START.plus(BarInterval.H1.length().multipliedBy(bar));
    PairBar prices =
        new PairBar(
            SampleMarket.PAIR,
            flat(SampleMarket.PAIR.a(), ts, Math.exp(logA)),
            flat(SampleMarket.PAIR.b(), ts, 1));
    double[] values = new double[FeatureSchema.current().size()];
    return new MarketView(
        prices,
        new SpreadState(logA, 0, 1, 0, DEVIATION),
        FeatureVector.of(FeatureSchema.current(), SampleMarket.PAIR, ts, values));
  }

  private static Bar flat(Symbol symbol, Instant ts, double price) {
    return new Bar(symbol, BarInterval.H1, ts, price, price, price, price, 1);
  }
}
