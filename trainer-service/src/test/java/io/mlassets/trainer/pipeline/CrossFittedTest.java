package io.mlassets.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.Beta;
import io.mlassets.model.Calibration;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.model.Isotonic;
import io.mlassets.model.Platt;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-10")
class CrossFittedTest {
  private static final int FOLDS = 5;

  @Test
  void scores_that_know_nothing_get_no_auc_from_calibration() {
    double sum = 0;
    int sets = 40;
    for (int set = 0; set < sets; set++) {
      SplittableRandom random = new SplittableRandom(set);
      double[] raw = random.doubles(1_500).map(d -> 4 * d - 2).toArray();
      double[] labels = random.doubles(1_500).map(d -> d < 0.3 ? 1 : 0).toArray();
      CrossFitted fitted = CrossFitted.of(raw, labels, foldOf(raw.length));
      sum += ClassificationMetrics.of(fitted.probabilities(), labels).auc();
    }
    // An AUC of one set has a standard error of 0.017; in-sample isotonic gives 0.53 and more.
    assertThat(sum / sets).isBetween(0.48, 0.51);
  }

  @Test
  void a_rows_own_label_does_not_touch_its_probability() {
    SplittableRandom random = new SplittableRandom(3);
    double[] raw = random.doubles(600).map(d -> 4 * d - 2).toArray();
    double[] labels =
        Arrays.stream(raw).map(r -> random.nextDouble() < logistic(r) ? 1 : 0).toArray();
    int[] foldOf = foldOf(raw.length);
    CrossFitted before = CrossFitted.of(raw, labels, foldOf);
    double[] changed = labels.clone();
    changed[17] = 1 - changed[17];
    CrossFitted after = CrossFitted.of(raw, changed, foldOf);
    assertThat(before.calibration().getClass()).isEqualTo(after.calibration().getClass());
    for (int row = 0; row < raw.length; row++) {
      if (foldOf[row] == foldOf[17]) {
        assertThat(after.probabilities()[row]).isEqualTo(before.probabilities()[row]);
      }
    }
    assertThat(after.probabilities()).isNotEqualTo(before.probabilities());
  }

  @Test
  void overconfident_scores_become_probabilities() {
    SplittableRandom random = new SplittableRandom(9);
    double[] truth = random.doubles(5_000).map(d -> 3 * d - 1.5).toArray();
    double[] labels =
        Arrays.stream(truth).map(r -> random.nextDouble() < logistic(r) ? 1 : 0).toArray();
    double[] raw = Arrays.stream(truth).map(r -> 4 * r).toArray();
    CrossFitted fitted = CrossFitted.of(raw, labels, foldOf(raw.length));
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
    return CrossFitted.of(raw, labels, foldOf(raw.length)).calibration();
  }

  private static int[] foldOf(int rows) {
    int[] foldOf = new int[rows];
    Arrays.setAll(foldOf, row -> row * FOLDS / rows);
    return foldOf;
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
