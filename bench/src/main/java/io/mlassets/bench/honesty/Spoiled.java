package io.mlassets.bench.honesty;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.label.Label;
import io.mlassets.market.PairBar;
import io.mlassets.trainer.dataset.PairSamples;
import io.mlassets.trainer.dataset.Sample;
import io.mlassets.trainer.dataset.TrainingSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/** Training sets with something wrong on purpose. */
final class Spoiled {
  /** The name of a feature that knows the future. */
  static final String LEAK = "tomorrow";

  private Spoiled() {}

  /** Every label goes to some other row: there is nothing left to learn. */
  static TrainingSet shuffled(TrainingSet set, long seed) {
    List<Label> labels = new ArrayList<>(set.samples().stream().map(Sample::label).toList());
    Collections.shuffle(labels, Random.from(new SplittableRandom(seed)));
    int[] next = {0};
    return changed(
        set,
        set.schema(),
        (pair, sample) -> {
          Label own = sample.label();
          Label other = labels.get(next[0]++);
          return new Sample(
              sample.view(),
              new Label(
                  own.pair(),
                  own.ts(),
                  other.reverted(),
                  other.risky(),
                  other.scaleTarget(),
                  own.labelEndTs()));
        });
  }

  /** A feature more, made of this bar and the next. */
  static TrainingSet leaking(TrainingSet set, ToDoubleBiFunction<MarketView, PairBar> leak) {
    List<String> names = new ArrayList<>(set.schema().names());
    names.add(LEAK);
    FeatureSchema schema = FeatureSchema.of(names);
    Map<PairSamples, Map<Instant, PairBar>> following = new HashMap<>();
    return changed(
        set,
        schema,
        (pair, sample) -> {
          PairBar next =
              following.computeIfAbsent(pair, Spoiled::following).get(sample.view().bar().ts());
          double[] values = Arrays.copyOf(sample.view().features().copy(), set.schema().size() + 1);
          values[set.schema().size()] =
              next == null ? Double.NaN : leak.applyAsDouble(sample.view(), next);
          MarketView view = sample.view();
          return new Sample(
              new MarketView(
                  view.bar(),
                  view.spread(),
                  FeatureVector.of(schema, view.bar().pair(), view.bar().ts(), values)),
              sample.label());
        });
  }

  private static Map<Instant, PairBar> following(PairSamples pair) {
    Map<Instant, PairBar> following = new HashMap<>();
    for (int i = 0; i + 1 < pair.bars().size(); i++) {
      following.put(pair.bars().get(i).ts(), pair.bars().get(i + 1));
    }
    return following;
  }

  private interface Change {
    Sample of(PairSamples pair, Sample sample);
  }

  private static TrainingSet changed(TrainingSet set, FeatureSchema schema, Change change) {
    return new TrainingSet(
        schema,
        set.interval(),
        set.pairs().stream()
            .map(
                pair ->
                    new PairSamples(
                        pair.pair(),
                        pair.a(),
                        pair.b(),
                        pair.bars(),
                        pair.samples().stream().map(s -> change.of(pair, s)).toList()))
            .toList());
  }
}
