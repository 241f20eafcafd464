package io.mlassets.trainer.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.label.Label;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
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

  private static final FeatureSchema SCHEMA = withTomorrow();

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

  @Test
  void a_leak_in_one_of_ten_pairs_is_found_and_the_pair_named() {
    List<PairSamples> pairs = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      pairs.add(
          number == 6
              ? pair(number, 1_600, (view, next) -> logA(next) - view.spread().logA())
              : pair(number, 1_600, (view, next) -> view.spread().zScore()));
    }
    assertThat(pairs).allMatch(pair -> pair.samples().size() >= 250);
    assertThat(check.find(new TrainingSet(SCHEMA, BarInterval.H1, pairs)))
        .singleElement()
        .satisfies(
            leak -> {
              assertThat(leak.feature()).isEqualTo("tomorrow");
              assertThat(leak.where()).isEqualTo(pairs.get(6).pair().display());
              assertThat(leak.explained()).isGreaterThan(0.99);
            });
  }

  @Test
  void pairs_too_short_to_be_judged_alone_are_judged_together() {
    List<PairSamples> pairs = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      pairs.add(pair(number, 700, (view, next) -> logA(next) - view.spread().logA()));
    }
    assertThat(pairs).allMatch(pair -> pair.samples().size() < 250);
    assertThat(check.find(new TrainingSet(SCHEMA, BarInterval.H1, pairs)))
        .singleElement()
        .satisfies(leak -> assertThat(leak.where()).isEqualTo("all pairs"));
  }

  @Test
  void honest_features_of_two_hundred_markets_with_hardly_enough_rows_are_not_suspected() {
    for (int ten = 0; ten < 20; ten++) {
      List<PairSamples> pairs = new ArrayList<>();
      for (int number = 0; number < 10; number++) {
        SplittableRandom noise = new SplittableRandom(10 * ten + number);
        pairs.add(pair(10 * ten + number, 1_200, (view, next) -> noise.nextGaussian()));
      }
      assertThat(pairs).allMatch(pair -> pair.samples().size() >= 250);
      assertThat(check.find(new TrainingSet(SCHEMA, BarInterval.H1, pairs))).isEmpty();
    }
  }

  private static PairSamples pair(
      int number, int bars, ToDoubleBiFunction<MarketView, PairBar> feature) {
    Pair pair = Pair.parse("SIM%03dA/SIM%03dB".formatted(number, number));
    List<MarketView> views =
        SampleMarket.views(SampleMarket.bars(bars, 100 + number), SamplePolicies.QUICK);
    return samples(pair, views, feature);
  }

  private static double logA(PairBar bar) {
    return Math.log(bar.a().close());
  }

  private static TrainingSet with(ToDoubleBiFunction<MarketView, PairBar> feature) {
    return new TrainingSet(
        SCHEMA, BarInterval.H1, List.of(samples(SampleMarket.PAIR, VIEWS, feature)));
  }

  /** Every fourth bar as a sample, with one feature more. */
  private static PairSamples samples(
      Pair pair, List<MarketView> views, ToDoubleBiFunction<MarketView, PairBar> feature) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i + 1 < views.size(); i += 4) {
      MarketView view = views.get(i);
      double[] values = Arrays.copyOf(view.features().copy(), SCHEMA.size());
      values[SCHEMA.size() - 1] = feature.applyAsDouble(view, views.get(i + 1).bar());
      MarketView changed =
          new MarketView(
              view.bar(),
              view.spread(),
              FeatureVector.of(SCHEMA, view.bar().pair(), view.bar().ts(), values));
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
    return new PairSamples(
        pair,
        SampleMarket.instrument(pair.a()),
        SampleMarket.instrument(pair.b()),
        views.stream().map(MarketView::bar).toList(),
        samples);
  }

  private static FeatureSchema withTomorrow() {
    List<String> names = new ArrayList<>(FeatureSchema.current().names());
    names.add("tomorrow");
    return FeatureSchema.of(names);
  }
}
