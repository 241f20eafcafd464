package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.Cscv;
import io.mlassets.backtest.Overfitting;
import io.mlassets.backtest.SharpeEstimate;
import io.mlassets.backtest.SharpeTrials;
import io.mlassets.trainer.theta.ThresholdsFound;
import java.util.List;

/**
 * Puts the overfitting figures together. The deflated Sharpe ratio is that of the thresholds chosen
 * on all folds, because they are what was picked among the trials; the minimum track record is that
 * of thresholds chosen outside the fold, which nothing was picked for.
 *
 * <p>What luck does to a trial is the variance across trials, as published, but at most the
 * sampling variance of one: where thresholds truly differ in worth, their variance is no luck. The
 * figures by the published variance are kept beside these.
 */
final class MeasureOverfitting {
  private final double confidence;
  private final double barsPerYear;

  MeasureOverfitting(double confidence, double barsPerYear) {
    this.confidence = confidence;
    this.barsPerYear = barsPerYear;
  }

  /**
   * The figures.
   *
   * @param live profit per bar time of the thresholds chosen on all folds
   * @param nested of those chosen outside the fold judged
   * @param thresholds what was tried to choose them
   * @param paths Sharpe ratio of each combinatorial path
   * @param modelTrials models that could have been taken, all engines
   */
  Overfitting of(
      double[] live,
      double[] nested,
      ThresholdsFound thresholds,
      List<Double> paths,
      int modelTrials) {
    double year = Math.sqrt(barsPerYear);
    double variance = thresholds.sharpeVariance();
    int count = modelTrials + thresholds.trials();
    double correlation = thresholds.meanCorrelation();
    SharpeTrials raw = new SharpeTrials(count, correlation, variance);
    SharpeTrials trials =
        new SharpeTrials(count, correlation, Math.min(variance, 1.0 / (nested.length - 1)));
    SharpeEstimate chosen = SharpeEstimate.of(live);
    SharpeEstimate honest = SharpeEstimate.of(nested);
    double needed =
        honest == null ? Double.POSITIVE_INFINITY : honest.minimumTrackRecord(0, confidence);
    Cscv.Result cscv = thresholds.cscv();
    return new Overfitting(
        count,
        correlation,
        trials.effective(),
        year * Math.sqrt(trials.variance()),
        year * Math.sqrt(variance),
        year * trials.expectedMaximum(),
        chosen == null ? null : year * chosen.perBar(),
        chosen == null ? null : chosen.deflated(trials),
        chosen == null ? null : chosen.deflated(raw),
        cscv == null ? null : cscv.overfitting(),
        cscv == null ? null : cscv.loss(),
        paths,
        nested.length / barsPerYear,
        Double.isInfinite(needed) ? null : needed / barsPerYear,
        chosen);
  }
}
