package io.mlassets.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.model.Objective;
import io.mlassets.model.TreeEnsemble;
import io.mlassets.model.TreeParams;
import io.mlassets.trainer.search.Goal;
import io.mlassets.trainer.search.Proposal;
import io.mlassets.trainer.search.SearchSpaces;
import io.mlassets.trainer.search.Study;
import io.mlassets.trainer.search.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must keep. */
@Tag("T-04")
abstract class EngineContract {
  private final TreeEngine engine = engine();

  abstract TreeEngine engine();

  abstract TreeParams params();

  /** Raw scores of the engine's own predictor, rows as {@code double} of what it can be asked. */
  abstract double[] nativeRaw(String text, double[] rowMajor, int columns);

  @ParameterizedTest
  @EnumSource(Objective.class)
  void raw_scores_equal_the_native_engine_bit_for_bit(Objective objective) {
    for (int seed = 0; seed < 5; seed++) {
      TrainingRows rows = Samples.rows(3_000, objective, seed);
      TrainedTrees trees = engine.train(rows, params(), objective, seed, 1);
      double[] asked = Samples.probes(rows, trees.ensemble(), trees.text(), 2_000, seed);
      double[] expected = nativeRaw(trees.text(), asked, rows.columns());
      assertThat(bits(trees.ensemble().rawAll(asked))).isEqualTo(bits(expected));
    }
  }

  @Test
  void raw_scores_stay_equal_wherever_the_search_goes() {
    Study study = new Study(SearchSpaces.of(engine.id()), Goal.MAXIMISE, 5);
    TrainingRows rows = Samples.rows(1_500, Objective.BINARY, 21);
    try (BinnedRows binned = engine.bin(rows, 1)) {
      for (int i = 0; i < 8; i++) {
        Proposal proposal = study.ask();
        study.tell(Trial.finished(proposal, i, List.of(), 0));
        TrainedTrees trees =
            engine.train(binned, proposal.params(), Objective.BINARY, proposal.seed(), 1);
        double[] asked = Samples.probes(rows, trees.ensemble(), trees.text(), 500, i);
        double[] expected = nativeRaw(trees.text(), asked, rows.columns());
        assertThat(bits(trees.ensemble().rawAll(asked))).isEqualTo(bits(expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void raw_scores_of_unbalanced_weighted_labels_equal_the_native_engine_too(Objective objective) {
    for (int seed = 0; seed < 6; seed++) {
      TrainingRows rows = unbalanced(Samples.rows(3_000, objective, seed), seed);
      TrainedTrees trees = engine.train(rows, params(), objective, seed, 1);
      double[] asked = Samples.probes(rows, trees.ensemble(), trees.text(), 1_000, seed);
      double[] expected = nativeRaw(trees.text(), asked, rows.columns());
      assertThat(bits(trees.ensemble().rawAll(asked))).isEqualTo(bits(expected));
    }
  }

  /** Few of the high labels stay; weights rise with the row. */
  private static TrainingRows unbalanced(TrainingRows all, int seed) {
    int[] kept =
        IntStream.range(0, all.rows())
            .filter(row -> all.labels()[row] <= 0.5 || row % (5 + 3 * seed) == 0)
            .toArray();
    TrainingRows rows = all.select(kept);
    double[] weights = new double[rows.rows()];
    Arrays.setAll(weights, row -> 0.5 + row / (double) rows.rows());
    return new TrainingRows(
        rows.rowMajor(),
        rows.columns(),
        rows.labels(),
        weights,
        rows.categoricalColumns(),
        new int[0]);
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void where_nothing_can_be_learned_scores_are_the_labels_weighted_mean(Objective objective) {
    double[] labels = new double[400];
    double[] weights = new double[400];
    Arrays.setAll(labels, row -> row % 8 == 0 ? 1 : 0);
    Arrays.setAll(weights, row -> row % 8 == 0 ? 0.5 : 1.5);
    TrainingRows rows =
        new TrainingRows(new double[400], 1, labels, weights, new int[0], new int[0]);
    double mean = 50 * 0.5 / (50 * 0.5 + 350 * 1.5);
    TrainedTrees trees = engine.train(rows, params().with(TreeEngine.TREES, 1), objective, 1, 1);
    double raw = trees.ensemble().raw(new double[1]);
    double score = objective == Objective.BINARY ? 1 / (1 + Math.exp(-raw)) : raw;
    // One tree of some of the rows moves it a little.
    assertThat(score).isCloseTo(mean, within(1e-3));
  }

  @Test
  void a_sample_with_nothing_to_split_gives_a_constant() {
    TrainingRows rows = TrainingRows.unweighted(new double[50], 1, new double[50]);
    TrainedTrees trees = engine.train(rows, params(), Objective.REGRESSION, 1, 1);
    assertThat(trees.ensemble().raw(new double[] {3})).isEqualTo(0);
  }

  @Test
  @Tag("T-13")
  void the_same_rows_parameters_and_seed_give_the_same_bytes() {
    TrainingRows rows = Samples.rows(4_000, Objective.BINARY, 7);
    String first = engine.train(rows, params(), Objective.BINARY, 7, 1).text();
    String second = engine.train(rows, params(), Objective.BINARY, 7, 1).text();
    String other = engine.train(rows, params(), Objective.BINARY, 8, 1).text();
    assertThat(second).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  @Tag("T-13")
  void folds_trained_side_by_side_give_the_same_bytes_as_one_after_the_other() {
    List<TrainingRows> folds =
        IntStream.range(0, 4).mapToObj(i -> Samples.rows(2_000, Objective.BINARY, i)).toList();
    List<String> alone =
        folds.stream()
            .map(rows -> engine.train(rows, params(), Objective.BINARY, 1, 1).text())
            .toList();
    List<CompletableFuture<String>> together =
        folds.stream()
            .map(
                rows ->
                    CompletableFuture.supplyAsync(
                        () -> engine.train(rows, params(), Objective.BINARY, 1, 1).text()))
            .toList();
    assertThat(together.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
  }

  @Test
  @Tag("T-13")
  void trees_grown_side_by_side_on_the_same_rows_and_in_steps_are_the_same_bytes() {
    TrainingRows rows = Samples.rows(3_000, Objective.BINARY, 5);
    TreeParams params = params();
    String expected = engine.train(rows, params, Objective.BINARY, 3, 1).text();
    try (BinnedRows binned = engine.bin(rows, 1);
        BinnedRows scored = engine.binLike(Samples.rows(500, Objective.BINARY, 6), binned, 1)) {
      List<CompletableFuture<String>> together =
          IntStream.range(0, 24)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> inSteps(binned, scored, params, i)))
              .toList();
      assertThat(together.stream().map(CompletableFuture::join).toList())
          .allMatch(expected::equals);
    }
  }

  private String inSteps(BinnedRows binned, BinnedRows scored, TreeParams params, int step) {
    int trees = (int) params.get(TreeEngine.TREES);
    try (GrowingTrees growing = engine.grow(binned, scored, params, Objective.BINARY, 3, 1)) {
      for (int at = 1; at < trees; at += 1 + step % 5) {
        growing.growTo(at);
        growing.scores();
      }
      growing.growTo(trees);
      return growing.trees().text();
    }
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void scores_on_the_way_are_what_the_trees_say(Objective objective) {
    TrainingRows rows = Samples.rows(2_000, objective, 8);
    TrainingRows others = Samples.rows(700, objective, 9);
    try (BinnedRows binned = engine.bin(rows, 1);
        BinnedRows scored = engine.binLike(others, binned, 1);
        GrowingTrees growing = engine.grow(binned, scored, params(), objective, 1, 1)) {
      for (int trees : new int[] {1, 7, 20}) {
        growing.growTo(trees);
        double[] raw = growing.trees().ensemble().rawAll(others.rowMajor());
        double[] scores = growing.scores();
        for (int i = 0; i < raw.length; i++) {
          double expected = objective == Objective.BINARY ? 1 / (1 + Math.exp(-raw[i])) : raw[i];
          assertThat(scores[i]).isCloseTo(expected, within(2e-6));
        }
      }
    }
  }

  @Test
  void scores_never_move_against_a_direction_that_is_known() {
    TrainingRows rows = Samples.rows(3_000, Objective.BINARY, 12);
    TrainingRows directed =
        new TrainingRows(
            rows.rowMajor(),
            rows.columns(),
            rows.labels(),
            null,
            rows.categoricalColumns(),
            new int[] {-1, 0, 0, 0, 0, 0});
    assertThat(rises(engine.train(rows, params(), Objective.BINARY, 1, 1), rows)).isPositive();
    assertThat(rises(engine.train(directed, params(), Objective.BINARY, 1, 1), rows)).isZero();
  }

  /** How often the score rises when the first column does. */
  private static int rises(TrainedTrees trees, TrainingRows rows) {
    int rises = 0;
    for (int row = 0; row < 50; row++) {
      double[] at =
          Arrays.copyOfRange(rows.rowMajor(), row * Samples.COLUMNS, (row + 1) * Samples.COLUMNS);
      double before = Double.POSITIVE_INFINITY;
      for (double x = -3; x <= 3; x += 0.1) {
        at[0] = x;
        double score = trees.ensemble().raw(at);
        rises += score > before ? 1 : 0;
        before = score;
      }
    }
    return rises;
  }

  @Test
  void heavier_rows_weigh_more() {
    TrainingRows rows = Samples.rows(2_000, Objective.REGRESSION, 13);
    double[] weights = new double[2_000];
    Arrays.setAll(weights, i -> rows.labels()[i] > 0 ? 10 : 1);
    TrainingRows weighted =
        new TrainingRows(
            rows.rowMajor(),
            rows.columns(),
            rows.labels(),
            weights,
            rows.categoricalColumns(),
            new int[0]);
    double plain = mean(engine.train(rows, params(), Objective.REGRESSION, 1, 1), rows);
    double heavy = mean(engine.train(weighted, params(), Objective.REGRESSION, 1, 1), rows);
    assertThat(heavy).isGreaterThan(plain + 0.2);
  }

  private static double mean(TrainedTrees trees, TrainingRows rows) {
    return Arrays.stream(trees.ensemble().rawAll(rows.rowMajor())).average().orElseThrow();
  }

  @Test
  void rows_binned_once_train_the_same_trees_as_rows_binned_anew() {
    TrainingRows rows = Samples.rows(2_000, Objective.BINARY, 3);
    try (BinnedRows binned = engine.bin(rows, 1)) {
      for (double regularisation : new double[] {0, 1, 10}) {
        TreeParams params = params().with(lambda(), regularisation);
        assertThat(engine.train(binned, params, Objective.BINARY, 1, 1).text())
            .isEqualTo(engine.train(rows, params, Objective.BINARY, 1, 1).text());
      }
    }
  }

  abstract String lambda();

  @Test
  void closing_twice_is_harmless_and_closed_rows_are_refused() {
    TrainingRows rows = Samples.rows(100, Objective.BINARY, 3);
    BinnedRows binned = engine.bin(rows, 1);
    binned.close();
    binned.close();
    assertThatThrownBy(() -> engine.train(binned, params(), Objective.BINARY, 1, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"num_machines", "objective", "device"})
  void a_parameter_nobody_searches_is_refused(String name) {
    TrainingRows rows = Samples.rows(100, Objective.BINARY, 3);
    assertThatThrownBy(() -> engine.train(rows, params().with(name, 1), Objective.BINARY, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void trees_learn_what_there_is_to_learn() {
    TrainingRows rows = Samples.rows(4_000, Objective.BINARY, 11);
    TreeEnsemble trees = engine.train(rows, params(), Objective.BINARY, 1, 1).ensemble();
    double[] raw = trees.rawAll(rows.rowMajor());
    int right = 0;
    for (int i = 0; i < raw.length; i++) {
      right += (raw[i] > 0) == (rows.labels()[i] == 1) ? 1 : 0;
    }
    assertThat(right / 4_000.0).isGreaterThan(0.7);
  }

  static long[] bits(double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      // A sum of no trees may be -0 natively and 0 here: the same number.
      bits[i] = Double.doubleToLongBits(values[i] + 0.0);
    }
    return bits;
  }
}
