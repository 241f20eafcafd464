package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Quality of probabilities against labels 0 and 1.
 *
 * @param rows rows judged
 * @param baseRate share of ones, in (0, 1)
 * @param auc area under the ROC curve over all rows, ties count half, in [0, 1]
 * @param aucStandardError its standard error; see the method that made it
 * @param aucWithinFolds the same {@link #aucWithin within folds}, which base rates that differ
 *     between folds do not bend
 * @param brier mean squared error of the probabilities
 * @param baseBrier Brier score of always saying the base rate
 * @param logLoss mean negative log likelihood, probabilities kept 1e-15 away from 0 and 1
 * @param ece expected calibration error over {@value #ECE_BINS} bins of equal width: mean distance
 *     of mean probability and share of ones, weighted by rows (Naeini, Cooper, Hauskrecht 2015)
 * @param eceMass the same over as many bins of equal mass, finer where probabilities crowd
 */
public record ClassificationMetrics(
    @JsonProperty("rows") int rows,
    @JsonProperty("base_rate") double baseRate,
    @JsonProperty("auc") double auc,
    @JsonProperty("auc_se") double aucStandardError,
    @JsonProperty("auc_within_folds") double aucWithinFolds,
    @JsonProperty("brier") double brier,
    @JsonProperty("base_brier") double baseBrier,
    @JsonProperty("log_loss") double logLoss,
    @JsonProperty("ece") double ece,
    @JsonProperty("ece_mass") double eceMass)
    implements ModelMetrics {
  private static final int ECE_BINS = 10;

  /**
   * Metrics with DeLong's standard error of the AUC (DeLong 1988), right for independent rows.
   *
   * @param probabilities finite, in [0, 1]
   * @param labels 0 or 1 each, both present
   */
  public static ClassificationMetrics of(double[] probabilities, double[] labels) {
    Auc auc = Auc.of(probabilities, labels);
    return of(probabilities, labels, auc.value(), auc.deLongStandardError(), auc.value());
  }

  /**
   * Metrics of out-of-fold probabilities. The standard error of the AUC comes from a bootstrap over
   * blocks: right for labels that overlap in time and across pairs, when rows that overlap share a
   * block.
   *
   * @param folds the fold each row was judged in
   * @param blocks the block each row belongs to, for instance its day
   * @param resamples bootstrap samples, at least 2
   * @param seed of the bootstrap
   */
  public static ClassificationMetrics ofFolds(
      double[] probabilities,
      double[] labels,
      int[] folds,
      long[] blocks,
      int resamples,
      long seed) {
    Auc auc = Auc.of(probabilities, labels);
    double error = auc.blockStandardError(blocks, resamples, seed);
    return of(probabilities, labels, auc.value(), error, aucWithin(probabilities, labels, folds));
  }

  /**
   * The AUC within groups, each weighted by its pairs of a one and a zero. Pooled over folds, an
   * AUC compares scores of different models and falls below one half for a model that knows nothing
   * where base rates differ; within folds it does not.
   *
   * @param groups group of each row; those with one outcome only do not count
   * @return NaN when every group has one outcome only
   */
  public static double aucWithin(double[] scores, double[] labels, int[] groups) {
    return Auc.within(scores, labels, groups).value();
  }

  private static ClassificationMetrics of(
      double[] probabilities, double[] labels, double auc, double error, double within) {
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
        rows,
        rate,
        auc,
        error,
        within,
        brier / rows,
        rate * (1 - rate),
        logLoss / rows,
        Reliability.ofWidth(probabilities, labels, ECE_BINS).expectedCalibrationError(),
        Reliability.ofMass(probabilities, labels, ECE_BINS).expectedCalibrationError());
  }
}
