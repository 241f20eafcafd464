package io.mlassets.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.PairBar;
import io.mlassets.parity.VectorProof.Difference;
import io.mlassets.parity.VectorProof.Reason;
import io.mlassets.policy.TradingRules;
import io.mlassets.testing.SampleMarket;
import io.mlassets.testing.SamplePolicies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ProveVectorTest {
  private static final TradingRules RULES = SamplePolicies.QUICK;
  private static final EngineProbe ENGINES = new EngineProbe(RULES);
  private static final long ENGINE = ENGINES.of(PairClass.METAL);
  private static final List<PairBar> BARS = SampleMarket.bars(1_500, 3);

  /** Every vector of an engine that runs since {@code from}, as live ones are recorded. */
  private static List<RecordedVector> live(int from) {
    FeatureEngine engine = SampleMarket.engine(RULES);
    BarsWitness witness = new BarsWitness(engine.warmUpBars());
    List<RecordedVector> vectors = new ArrayList<>();
    for (PairBar bar : BARS.subList(from, BARS.size())) {
      Optional<MarketView> view = engine.onBar(bar);
      witness.sawToDecide(bar);
      BarsSeen seen = witness.take(bar.ts());
      view.ifPresent(at -> vectors.add(recorded(at, seen)));
    }
    return vectors;
  }

  private static RecordedVector recorded(MarketView view, BarsSeen seen) {
    return new RecordedVector(
        SampleMarket.PAIR,
        BarInterval.H1,
        view.bar().ts(),
        FeatureSchema.current().hash(),
        view.features().copy(),
        ENGINE,
        seen);
  }

  /** What the table answers: the newest bars up to the vector's own. */
  private static List<PairBar> upTo(List<PairBar> table, RecordedVector vector) {
    List<PairBar> until = table.stream().filter(bar -> !bar.ts().isAfter(vector.ts())).toList();
    return until.subList(Math.max(0, until.size() - vector.seen().count()), until.size());
  }

  private static VectorProof prove(RecordedVector vector, List<PairBar> table) {
    return ProveVector.of(vector, ENGINE, upTo(table, vector), SampleMarket.engine(RULES));
  }

  @Test
  void every_vector_of_a_long_or_a_short_life_is_proven() {
    for (int from : List.of(0, 700, 1_300)) {
      List<RecordedVector> vectors = live(from);
      assertThat(vectors).isNotEmpty();
      for (RecordedVector vector : vectors) {
        assertThat(prove(vector, BARS)).as("%s", vector.ts()).isEqualTo(new VectorProof.Same());
      }
    }
  }

  @Test
  void one_flipped_bit_is_a_mismatch_that_names_its_feature() {
    SplittableRandom random = new SplittableRandom(5);
    List<RecordedVector> vectors = live(0);
    for (int trial = 0; trial < 200; trial++) {
      RecordedVector vector = vectors.get(random.nextInt(vectors.size()));
      double[] values = vector.values();
      int at = random.nextInt(values.length);
      long was = Double.doubleToRawLongBits(values[at]);
      values[at] = Double.longBitsToDouble(was ^ 1);
      VectorProof proof = prove(with(vector, values), BARS);
      assertThat(proof)
          .isEqualTo(
              new VectorProof.Mismatch(
                  List.of(
                      new VectorProof.Difference(
                          FeatureSchema.current().names().get(at), was ^ 1, was))));
    }
  }

  private static RecordedVector with(RecordedVector vector, double[] values) {
    return new RecordedVector(
        vector.pair(),
        vector.interval(),
        vector.ts(),
        vector.schemaHash(),
        values,
        vector.engine(),
        vector.seen());
  }

  @Test
  void values_that_are_missing_or_too_many_are_a_mismatch() {
    RecordedVector vector = live(0).getLast();
    double[] all = vector.values();
    assertThat(prove(with(vector, Arrays.copyOf(all, all.length - 1)), BARS))
        .isInstanceOf(VectorProof.Mismatch.class);
    assertThat(prove(with(vector, Arrays.copyOf(all, all.length + 1)), BARS))
        .isInstanceOf(VectorProof.Mismatch.class);
  }

  @Test
  void a_bar_corrected_lost_or_added_is_a_difference_of_bars_wherever_it_is() {
    SplittableRandom random = new SplittableRandom(6);
    List<RecordedVector> vectors = live(0);
    for (int trial = 0; trial < 300; trial++) {
      RecordedVector vector = vectors.get(random.nextInt(vectors.size()));
      List<PairBar> table = new ArrayList<>(BARS);
      int newest = BARS.indexOf(upTo(BARS, vector).getLast());
      int changed = newest - random.nextInt(vector.seen().count());
      switch (random.nextInt(3)) {
        case 0 -> table.set(changed, corrected(table.get(changed), random.nextInt(5)));
        case 1 -> table.remove(changed == newest ? changed - 1 : changed);
        default -> {
          // As if the live process had never had the bar.
          table = new ArrayList<>(BARS);
          vector = withoutBar(vector, changed == newest ? changed - 1 : changed);
        }
      }
      assertThat(prove(vector, table))
          .as("trial %d", trial)
          .isInstanceOf(VectorProof.BarsDiffer.class);
    }
  }

  private static RecordedVector withoutBar(RecordedVector vector, int left) {
    List<PairBar> heard = new ArrayList<>(BARS);
    heard.remove(left);
    return new RecordedVector(
        vector.pair(),
        vector.interval(),
        vector.ts(),
        vector.schemaHash(),
        vector.values(),
        vector.engine(),
        BarsSeen.of(upTo(heard, vector)));
  }

  /** One value of one leg, by one bit. */
  private static PairBar corrected(PairBar bar, int field) {
    Bar leg = bar.a();
    double[] values = {leg.open(), leg.high(), leg.low(), leg.close(), leg.volume()};
    UnaryOperator<Double> change = field == 1 ? Math::nextUp : field == 2 ? Math::nextDown : null;
    values[field] =
        change == null
            ? (values[field] == leg.high()
                ? Math.nextDown(values[field])
                : Math.nextUp(values[field]))
            : change.apply(values[field]);
    return new PairBar(
        bar.pair(),
        new Bar(
            leg.symbol(),
            leg.interval(),
            leg.ts(),
            values[0],
            values[1],
            values[2],
            values[3],
            values[4]),
        bar.b());
  }

  @Test
  void without_its_bar_its_engine_or_its_schema_nothing_is_said() {
    RecordedVector vector = live(0).getLast();
    assertThat(prove(vector, BARS.subList(0, BARS.size() - 1)))
        .isEqualTo(new VectorProof.Unproven(Reason.NO_BAR_YET));
    assertThat(prove(vector, List.of())).isEqualTo(new VectorProof.Unproven(Reason.NO_BAR_YET));
    assertThat(ProveVector.of(vector, ENGINE + 1, upTo(BARS, vector), SampleMarket.engine(RULES)))
        .isEqualTo(new VectorProof.Unproven(Reason.OTHER_ENGINE));
    RecordedVector other =
        new RecordedVector(
            vector.pair(),
            vector.interval(),
            vector.ts(),
            "other",
            vector.values(),
            vector.engine(),
            vector.seen());
    assertThat(prove(other, BARS)).isEqualTo(new VectorProof.Unproven(Reason.OTHER_SCHEMA));
  }

  @Test
  void a_vector_of_the_data_pipeline_is_proven_by_what_it_stored() {
    FeatureSchema theirs = FeatureSchema.of(List.of("news", "z"));
    RecordedVector vector = pipelines(theirs, 0.5, Double.NaN);
    assertThat(stored(theirs, vector, Optional.of(new double[] {0.5, Double.NaN})))
        .isEqualTo(new VectorProof.Same());
    assertThat(stored(theirs, vector, Optional.empty()))
        .isEqualTo(new VectorProof.Unproven(Reason.OTHER_SCHEMA));
    assertThat(stored(theirs, vector, Optional.of(new double[] {0.5, 2})))
        .isEqualTo(
            new VectorProof.Mismatch(
                List.of(
                    new Difference(
                        "z",
                        Double.doubleToRawLongBits(Double.NaN),
                        Double.doubleToRawLongBits(2)))));
    RecordedVector never = pipelines(theirs, Double.NaN, Double.NaN);
    assertThat(stored(theirs, never, Optional.of(new double[] {0.5, 2})))
        .isEqualTo(new VectorProof.Unproven(Reason.FEATURES_MISSING));
    FeatureVector made = FeatureVector.of(theirs, SampleMarket.PAIR, vector.ts(), vector.values());
    assertThat(ENGINES.of(made)).isZero();
  }

  private static VectorProof stored(
      FeatureSchema schema, RecordedVector vector, Optional<double[]> stored) {
    return ProveVector.ofPipeline(vector, schema.names(), stored);
  }

  private static RecordedVector pipelines(FeatureSchema schema, double... values) {
    RecordedVector ours = live(1_300).getLast();
    return new RecordedVector(
        ours.pair(), ours.interval(), ours.ts(), schema.hash(), values, 0, ours.seen());
  }

  @Test
  void engines_are_told_apart_by_class_and_rules_and_are_the_same_in_every_process() {
    Set<Long> engines = new HashSet<>();
    for (PairClass pairClass : PairClass.values()) {
      engines.add(ENGINES.of(pairClass));
      engines.add(new EngineProbe(RULES).of(pairClass));
      engines.add(new EngineProbe(new TradingRules(41, 2, 0, 5, 12)).of(pairClass));
      // What is no feature's concern is no engine's.
      engines.add(new EngineProbe(new TradingRules(40, 3, 1, 6, 24)).of(pairClass));
    }
    assertThat(engines).hasSize(2 * PairClass.values().length);
    assertThat(ENGINES.of(SampleMarket.views(BARS, RULES).getLast().features())).isEqualTo(ENGINE);
  }

  @Test
  void a_witness_knows_the_newest_bars_as_a_list_of_them_would() {
    SplittableRandom random = new SplittableRandom(8);
    for (int window : List.of(1, 2, 7, 100)) {
      BarsWitness witness = new BarsWitness(window);
      for (int i = 0; i < 300; i++) {
        PairBar bar = BARS.get(i);
        if (random.nextInt(3) == 0) {
          witness.saw(bar);
        } else {
          witness.sawToDecide(bar);
          if (random.nextBoolean()) {
            assertThat(witness.take(bar.ts()))
                .isEqualTo(BarsSeen.of(BARS.subList(Math.max(0, i + 1 - window), i + 1)));
            assertThatThrownBy(() -> witness.take(bar.ts()))
                .isInstanceOf(IllegalStateException.class);
          }
        }
      }
    }
  }
}
