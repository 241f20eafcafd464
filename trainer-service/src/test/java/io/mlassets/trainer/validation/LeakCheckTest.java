package io.mlassets.trainer.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.label.Label;
import io.mlassets.market.BarInterval;
import io.mlassets.market.PairBar;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import io.mlassets.trainer.dataset.PairSamples;
import io.mlassets.trainer.dataset.Sample;
import io.mlassets.trainer.dataset.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-02")
class LeakCheckTest {
  private static final List<PairBar> BARS = SampleMarket.bars(4_000, 3);
  private static final List<MarketView> VIEWS = SampleMarket.views(BARS, SamplePolicies.QUICK);

  private final LeakCheck check = new LeakCheck(0.1);

  @Test
  void the_features_made_here_know_nothing_of_the_next_bar() {
    assertThat(check.find(with((view, next) -> 0.0))).isEmpty();
  }

  @Test
  void the_next_close_is_found_among_prices_whatever_their_level() {
    assertThat(check.find(with((view, next) -> next.a().close())))
        .singleElement()
        .satisfies(
            leak -> {
              assertThat(leak.feature()).isEqualTo("tomorrow");
              assertThat(leak.target()).isEqualTo("the first leg's next move");
              assertThat(leak.explained()).isGreaterThan(0.99);
            });
  }

  @Test
  void the_next_move_is_found_under_noise_of_its_own_size() {
    SplittableRandom random = new SplittableRandom(8);
    double[] size = {0};
    TrainingSet clean =
        with((view, next) -> size[0] += Math.abs(logA(next) - view.spread().logA()));
    double usual = size[0] / clean.rows();
    assertThat(
            check.find(
                with(
                    (view, next) ->
                        logA(next) - view.spread().logA() + usual * random.nextGaussian())))
        .extracting(LeakCheck.Leak::feature)
        .containsExactly("tomorrow");
  }

  @Test
  void the_size_of_the_next_move_is_found_too() {
    assertThat(check.find(with((view, next) -> Math.abs(logA(next) - view.spread().logA()))))
        .extracting(LeakCheck.Leak::target)
        .containsExactly("the size of the first leg's next move");
  }

  @Test
  void noise_and_prices_at_hand_are_no_leak() {
    SplittableRandom random = new SplittableRandom(9);
    assertThat(check.find(with((view, next) -> random.nextGaussian()))).isEmpty();
    assertThat(check.find(with((view, next) -> view.bar().a().close()))).isEmpty();
  }

  private static double logA(PairBar bar) {
    return Math.log(bar.a().close());
  }

  /** Every fourth bar as a sample, with one feature more. */
  private static TrainingSet with(ToDoubleBiFunction<MarketView, PairBar> feature) {
    List<String> names = new ArrayList<>(FeatureSchema.current().names());
    names.add("tomorrow");
    FeatureSchema schema = FeatureSchema.of(names);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i + 1 < VIEWS.size(); i += 4) {
      MarketView view = VIEWS.get(i);
      double[] values = Arrays.copyOf(view.features().copy(), names.size());
      values[names.size() - 1] = feature.applyAsDouble(view, VIEWS.get(i + 1).bar());
      MarketView changed =
          new MarketView(
              view.bar(),
              view.spread(),
              FeatureVector.of(schema, view.bar().pair(), view.bar().ts(), values));
      samples.add(
          new Sample(
              changed,
              new Label(
                  view.bar().pair(),
                  view.bar().ts(),
                  i % 8 == 0,
                  i % 12 == 0,
                  0.5,
                  view.bar().a().end())));
    }
    PairSamples pair =
        new PairSamples(
            SampleMarket.PAIR,
            SampleMarket.instrument(SampleMarket.PAIR.a()),
            SampleMarket.instrument(SampleMarket.PAIR.b()),
            VIEWS.stream().map(MarketView::bar).toList(),
            samples);
    return new TrainingSet(schema, BarInterval.H1, List.of(pair));
  }
}
