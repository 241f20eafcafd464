package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Quality of probabilities against labels 0 and 1.
 *
 * @param rows rows judged
 * @param baseRate share of ones, in (0, 1)
 * @param auc area under the ROC curve, ties count half, in [0, 1]
 * @param aucStandardError its standard error; see the method that made it
 * @param brier mean squared error of the probabilities
 * @param baseBrier Brier score of always saying the base rate
 * @param logLoss mean negative log likelihood, probabilities kept 1e-15 away from 0 and 1
 */
public record ClassificationMetrics(
    @JsonProperty("rows") int rows,
    @JsonProperty("base_rate") double baseRate,
    @JsonProperty("auc") double auc,
    @JsonProperty("auc_se") double aucStandardError,
    @JsonProperty("brier") double brier,
    @JsonProperty("base_brier") double baseBrier,
    @JsonProperty("log_loss") double logLoss)
    implements ModelMetrics {

  /**
   * Metrics with DeLong's standard error of the AUC (DeLong 1988), right for independent rows.
   *
   * @param probabilities finite, in [0, 1]
   * @param labels 0 or 1 each, both present
   */
  public static ClassificationMetrics of(double[] probabilities, double[] labels) {
    Auc auc = Auc.of(probabilities, labels);
    return of(probabilities, labels, auc.value(), auc.deLongStandardError());
  }

  /**
   * Metrics with a standard error of the AUC from a bootstrap over blocks: right for labels that
   * overlap in time and across pairs, when rows that overlap share a block.
   *
   * @param blocks the block each row belongs to, for instance its day
   * @param resamples bootstrap samples, at least 2
   * @param seed of the bootstrap
   */
  public static ClassificationMetrics ofBlocks(
      double[] probabilities, double[] labels, long[] blocks, int resamples, long seed) {
    Auc auc = Auc.of(probabilities, labels);
    double error = auc.blockStandardError(blocks, resamples, seed);
    return of(probabilities, labels, auc.value(), error);
  }

  /**
   * The AUC within groups, each weighted by its pairs of a one and a zero. Pooled over folds, an
   * AUC compares scores of different models and falls below one half for a model that knows nothing
   * where base rates differ; within folds it does not.
   *
   * @param groups group of each row, from 0; those with one outcome only are left out
   * @return NaN when every group has one outcome only
   */
  public static double aucWithin(double[] scores, double[] labels, int[] groups) {
    double won = 0;
    double pairs = 0;
    for (int group : Arrays.stream(groups).distinct().sorted().toArray()) {
      int[] rows = IntStream.range(0, groups.length).filter(i -> groups[i] == group).toArray();
      double[] y = Arrays.stream(rows).mapToDouble(i -> labels[i]).toArray();
      double ones = Arrays.stream(y).sum();
      double weight = ones * (y.length - ones);
      if (weight > 0) {
        double[] x = Arrays.stream(rows).mapToDouble(i -> scores[i]).toArray();
        won += weight * Auc.of(x, y).value();
        pairs += weight;
      }
    }
    return won / pairs;
  }

  private static ClassificationMetrics of(
      double[] probabilities, double[] labels, double auc, double error) {
    int rows = labels.length;
    double rate = (double) Labels01.positives(probabilities, labels) / rows;
    double brier = 0;
    double logLoss = 0;
    for (int i = 0; i < rows; i++) {
      double p = probabilities[i];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("probability %s at %d is not in [0, 1]".formatted(p, i));
      }
      brier += (p - labels[i]) * (p - labels[i]);
      double said = labels[i] == 1 ? p : 1 - p;
      logLoss -= StrictMath.log(Math.min(1 - 1e-15, Math.max(1e-15, said)));
    }
    return new ClassificationMetrics(
        rows, rate, auc, error, brier / rows, rate * (1 - rate), logLoss / rows);
  }
}
