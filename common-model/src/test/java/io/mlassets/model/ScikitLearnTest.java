package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Figures of scikit-learn 1.9.1 on {@link SampleLabels}: roc_auc_score, brier_score_loss, log_loss
 * and the expected calibration error of calibration_curve's bins. {@code
 * bench/peers/metrics_check.py --sample} prints them.
 */
@Tag("T-06")
class ScikitLearnTest {

  @Test
  void smooth_probabilities_get_scikit_learn_s_figures() {
    assertFigures(
        SampleLabels.of(500),
        0.655470514632997,
        0.25827373816154103,
        0.8034292849830622,
        0.1485095109306276,
        0.1496471050232649);
  }

  @Test
  void tied_probabilities_and_a_certain_nought_get_scikit_learn_s_figures() {
    assertFigures(
        SampleLabels.of(500).tied(40),
        0.6549098945384227,
        0.25673,
        0.9470316821829989,
        0.14870000000000003,
        0.14840000000000003);
  }

  private static void assertFigures(
      SampleLabels sample, double auc, double brier, double logLoss, double ece, double eceMass) {
    ClassificationMetrics metrics = ClassificationMetrics.of(sample.said(), sample.labels());
    assertThat(metrics.auc()).isCloseTo(auc, within(1e-12));
    assertThat(metrics.brier()).isCloseTo(brier, within(1e-12));
    assertThat(metrics.logLoss()).isCloseTo(logLoss, within(1e-12));
    assertThat(metrics.ece()).isCloseTo(ece, within(1e-12));
    assertThat(metrics.eceMass()).isCloseTo(eceMass, within(1e-12));
  }

  /** roc_auc_score per fold, averaged by each fold's ones times zeros. */
  @Test
  void the_auc_of_folds_is_their_weighted_mean_by_scikit_learn() {
    SampleLabels sample = SampleLabels.of(500);
    int[] folds = IntStream.range(0, 500).map(i -> i / 100).toArray();
    long[] blocks = IntStream.range(0, 500).mapToLong(i -> i / 10).toArray();
    assertThat(
            ClassificationMetrics.ofFolds(sample.said(), sample.labels(), folds, blocks, 50, 1)
                .aucWithinFolds())
        .isCloseTo(0.6548442202879687, within(1e-12));
  }
}
