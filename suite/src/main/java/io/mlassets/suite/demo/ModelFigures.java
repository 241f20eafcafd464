package io.mlassets.suite.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.model.ClassificationMetrics;
import io.mlassets.model.ModelMetrics;
import io.mlassets.model.Rmse;

/** What the report says of one model: its engine and how well it predicts out of fold. */
public sealed interface ModelFigures {

  /**
   * AI1 and AI2.
   *
   * @param engine lightgbm or xgboost
   * @param auc area under the ROC curve within folds, in [0, 1]
   * @param aucSe its standard error
   * @param brier mean squared error of the probabilities
   * @param ece expected calibration error over ten bins of equal width
   * @param baseRate share of ones
   * @param baseBrier Brier score of always saying the base rate
   */
  record OfClassifier(
      String engine,
      double auc,
      @JsonProperty("auc_se") double aucSe,
      double brier,
      double ece,
      @JsonProperty("base_rate") double baseRate,
      @JsonProperty("base_brier") double baseBrier)
      implements ModelFigures {}

  /**
   * AI3.
   *
   * @param engine lightgbm or xgboost
   * @param rmse root of the mean squared error
   * @param baseRmse that of always saying the mean
   */
  record OfRegression(String engine, double rmse, @JsonProperty("base_rmse") double baseRmse)
      implements ModelFigures {}

  /** Of what the registry has. */
  static ModelFigures of(String engine, ModelMetrics metrics) {
    return switch (metrics) {
      case ClassificationMetrics of ->
          new OfClassifier(
              engine,
              of.auc(),
              of.aucStandardError(),
              of.brier(),
              of.ece(),
              of.baseRate(),
              of.baseBrier());
      case Rmse of -> new OfRegression(engine, of.rmse(), of.baseRmse());
    };
  }
}
