package io.mlassets.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.Beta;
import io.mlassets.model.Calibration;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.model.Isotonic;
import io.mlassets.model.Platt;
import io.mlassets.trainer.validation.Embargo;
import io.mlassets.trainer.validation.Fold;
import io.mlassets.trainer.validation.LabelSpan;
import io.mlassets.trainer.validation.PurgedKFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-10")
class CrossFittedTest {
  private static final int FOLDS = 5;
  private static final Embargo NONE = new Embargo(0, Duration.ZERO);

  @Test
  void scores_that_know_nothing_get_no_auc_from_calibration() {
    double sum = 0;
    int sets = 40;
    for (int set = 0; set < sets; set++) {
      SplittableRandom random = new SplittableRandom(set);
      double[] raw = random.doubles(1_500).map(d -> 4 * d - 2).toArray();
      double[] labels = random.doubles(1_500).map(d -> d < 0.3 ? 1 : 0).toArray();
      CrossFitted fitted = CrossFitted.of(raw, labels, folds(raw.length));
      sum += ClassificationMetrics.of(fitted.probabilities(), labels).auc();
    }
    // An AUC of one set has a standard error of 0.017; in-sample isotonic gives 0.53 and more.
    assertThat(sum / sets).isBetween(0.48, 0.51);
  }

  @Test
  void the_labels_of_a_fold_never_change_its_probabilities() {
    int moved = 0;
    int livesMoved = 0;
    for (int seed = 0; seed < 12; seed++) {
      Sample sample = Sample.of(400, seed);
      List<Fold> folds = folds(400);
      CrossFitted before = CrossFitted.of(sample.raw, sample.labels, folds);
      SplittableRandom random = new SplittableRandom(1_000 + seed);
      for (Fold fold : folds) {
        double[] changed = sample.labels.clone();
        // Labels that reach into the fold are not known without its bars either.
        Arrays.stream(outside(fold.train(), changed.length))
            .forEach(row -> changed[row] = random.nextInt(2));
        CrossFitted after = CrossFitted.of(sample.raw, changed, folds);
        assertThat(at(after.probabilities(), fold.test()))
            .as("seed %d, fold %d", seed, fold.number())
            .containsExactly(at(before.probabilities(), fold.test()));
        moved += Arrays.equals(after.probabilities(), before.probabilities()) ? 0 : 1;
        livesMoved +=
            after.calibration().getClass().equals(before.calibration().getClass()) ? 0 : 1;
      }
    }
    assertThat(moved).isEqualTo(12 * FOLDS);
    assertThat(livesMoved).as("changes that decide between the curves").isPositive();
  }

  @Test
  void curves_and_their_choice_are_those_of_a_slow_walk_over_all_rows() {
    List<Class<?>> chosen = new ArrayList<>();
    for (int seed = 0; seed < 12; seed++) {
      Sample sample = Sample.of(300, seed);
      List<LabelSpan> spans = spans(300);
      List<Fold> folds = new PurgedKFold(FOLDS, NONE).split(spans);
      CrossFitted fitted = CrossFitted.of(sample.raw, sample.labels, folds);
      SlowCrossFit slow =
          new SlowCrossFit(sample.raw, sample.labels, spans, CrossFitted.foldOf(folds, 300));
      assertThat(fitted.probabilities()).containsExactly(slow.probabilities());
      assertThat(fitted.calibration()).isEqualTo(slow.live());
      chosen.add(fitted.calibration().getClass());
    }
    assertThat(chosen).contains(Platt.class, Isotonic.class);
  }

  @Test
  void of_two_folds_no_row_is_clear_of_both_and_the_plainest_curve_is_taken() {
    Sample sample = Sample.of(300, 1);
    List<Fold> folds = new PurgedKFold(2, NONE).split(spans(300));
    CrossFitted fitted = CrossFitted.of(sample.raw, sample.labels, folds);
    Fold first = folds.getFirst();
    Platt expected = Platt.fit(at(sample.raw, first.train()), at(sample.labels, first.train()));
    assertThat(fitted.probabilities()[7]).isEqualTo(expected.apply(sample.raw[7]));
  }

  @Test
  void overconfident_scores_become_probabilities() {
    SplittableRandom random = new SplittableRandom(9);
    double[] truth = random.doubles(5_000).map(d -> 3 * d - 1.5).toArray();
    double[] labels =
        Arrays.stream(truth).map(r -> random.nextDouble() < logistic(r) ? 1 : 0).toArray();
    double[] raw = Arrays.stream(truth).map(r -> 4 * r).toArray();
    CrossFitted fitted = CrossFitted.of(raw, labels, folds(raw.length));
    double calibrated = ClassificationMetrics.of(fitted.probabilities(), labels).brier();
    double[] naive = Arrays.stream(raw).map(CrossFittedTest::logistic).toArray();
    double best =
        ClassificationMetrics.of(
                Arrays.stream(truth).map(CrossFittedTest::logistic).toArray(), labels)
            .brier();
    assertThat(calibrated).isLessThan(ClassificationMetrics.of(naive, labels).brier() - 0.02);
    assertThat(calibrated).isLessThan(best + 0.003);
  }

  @Test
  void the_curve_of_the_lowest_out_of_fold_brier_score_is_taken() {
    assertThat(calibrationOf(x -> logistic(0.8 * x - 0.2))).isInstanceOf(Platt.class);
    assertThat(calibrationOf(new Beta(0.1, 2.5, 0)::apply)).isInstanceOf(Beta.class);
    assertThat(calibrationOf(x -> x < -1 ? 0.1 : x < 1 ? 0.4 : 0.9)).isInstanceOf(Isotonic.class);
  }

  private static Calibration calibrationOf(DoubleUnaryOperator truth) {
    SplittableRandom random = new SplittableRandom(4);
    double[] raw = random.doubles(8_000).map(d -> 8 * d - 4).toArray();
    double[] labels =
        Arrays.stream(raw).map(x -> random.nextDouble() < truth.applyAsDouble(x) ? 1 : 0).toArray();
    return CrossFitted.of(raw, labels, folds(raw.length)).calibration();
  }

  /** Scores and labels whose true curve lies between a sigmoid and a staircase. */
  private record Sample(double[] raw, double[] labels) {
    static Sample of(int rows, int seed) {
      SplittableRandom random = new SplittableRandom(seed);
      double bend = random.nextDouble();
      double[] raw = random.doubles(rows, -3, 3).toArray();
      double[] labels =
          Arrays.stream(raw)
              .map(x -> bend * logistic(x) + (1 - bend) * (x < -1 ? 0.1 : x < 1 ? 0.45 : 0.9))
              .map(p -> random.nextDouble() < p ? 1 : 0)
              .toArray();
      return new Sample(raw, labels);
    }
  }

  private static double[] at(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  private static int[] outside(int[] rows, int size) {
    return IntStream.range(0, size).filter(row -> Arrays.binarySearch(rows, row) < 0).toArray();
  }

  private static List<Fold> folds(int rows) {
    return new PurgedKFold(FOLDS, NONE).split(spans(rows));
  }

  /** A row a minute, labels ten minutes long. */
  private static List<LabelSpan> spans(int rows) {
    Instant start = Instant.parse("2024-01-01T00:00:00Z");
    return IntStream.range(0, rows)
        .mapToObj(i -> start.plusSeconds(60L * i))
        .map(from -> new LabelSpan(from, from.plusSeconds(600)))
        .toList();
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
