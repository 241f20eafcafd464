package io.mlassets.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.Scores;
import io.mlassets.feature.MarketView;
import io.mlassets.label.Label;
import io.mlassets.market.BarInterval;
import io.mlassets.model.ModelType;
import io.mlassets.model.OutputRange;
import io.mlassets.model.OutputRanges;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import io.mlassets.trainer.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ValidatedOutputsTest {
  private static final int HOLDING_BARS = 48;

  @Test
  void each_model_has_the_ranked_extremes_of_quarters_of_a_holding_period() {
    List<OutOfFold> scored = scored();
    OutputRanges ranges = ValidatedOutputs.of(scored, BarInterval.H1, HOLDING_BARS);
    assertThat(ranges.blockBars()).isEqualTo(12);
    assertRange(ranges.of(ModelType.AI1), scored, Scores::returnProb);
    assertRange(ranges.of(ModelType.AI2), scored, Scores::riskScore);
    assertRange(ranges.of(ModelType.AI3), scored, Scores::positionScale);
  }

  /** Sorted half days by hand. */
  private static void assertRange(
      OutputRange range, List<OutOfFold> scored, ToDoubleFunction<Scores> output) {
    TreeMap<Instant, double[]> halfDays = new TreeMap<>();
    for (OutOfFold row : scored) {
      Instant ts = row.sample().label().ts();
      Instant day = ts.truncatedTo(ChronoUnit.DAYS);
      Instant half = Duration.between(day, ts).toHours() < 12 ? day : day.plusSeconds(43_200);
      double value = output.applyAsDouble(row.scores());
      halfDays.merge(
          half,
          new double[] {value, value},
          (a, b) -> new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
    }
    List<Double> lows = halfDays.values().stream().map(h -> h[0]).sorted().toList();
    List<Double> highs = halfDays.values().stream().map(h -> h[1]).sorted().toList();
    int rank = halfDays.size() / 100;
    assertThat(rank).isGreaterThan(1);
    assertThat(range)
        .isEqualTo(
            new OutputRange(
                halfDays.size(),
                rank,
                lows.getFirst(),
                lows.get(rank - 1),
                highs.get(highs.size() - rank),
                highs.getLast()));
  }

  private static List<OutOfFold> scored() {
    SplittableRandom random = new SplittableRandom(4);
    List<OutOfFold> scored = new ArrayList<>();
    for (MarketView view : SampleMarket.views(SampleMarket.bars(4_000, 31), SamplePolicies.QUICK)) {
      Instant ts = view.bar().ts();
      Label label =
          new Label(SampleMarket.PAIR, ts, false, false, 0.5, ts.plus(Duration.ofHours(12)));
      scored.add(
          new OutOfFold(
              new Sample(view, label),
              0,
              new Scores(random.nextDouble(0.2, 0.8), random.nextDouble(), random.nextDouble())));
    }
    return scored;
  }
}
