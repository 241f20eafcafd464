package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.BacktestResult;
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
 * sampling variance of one: where thresholds truly differ in worth, their variance is no luck.
 */
final class MeasureOverfitting {
  private final double confidence;

  MeasureOverfitting(double confidence) {
    this.confidence = confidence;
  }

  Overfitting of(
      Backtest backtest,
      BacktestResult nested,
      ThresholdsFound thresholds,
      List<Double> paths,
      int parameterTrials) {
    double year = Math.sqrt(nested.metrics().barsPerYear());
    SharpeTrials trials =
        new SharpeTrials(
            parameterTrials + thresholds.trials(),
            thresholds.meanCorrelation(),
            Math.min(thresholds.sharpeVariance(), 1.0 / (nested.series().size() - 1)));
    SharpeEstimate chosen =
        SharpeEstimate.of(backtest.series(thresholds.nested().live().thresholds()).copy());
    SharpeEstimate honest = SharpeEstimate.of(nested.series().copy());
    double needed =
        honest == null ? Double.POSITIVE_INFINITY : honest.minimumTrackRecord(0, confidence);
    Cscv.Result cscv = thresholds.cscv();
    return new Overfitting(
        trials.count(),
        trials.meanCorrelation(),
        trials.effective(),
        year * Math.sqrt(trials.variance()),
        year * trials.expectedMaximum(),
        chosen == null ? null : year * chosen.perBar(),
        chosen == null ? null : chosen.deflated(trials),
        cscv == null ? null : cscv.overfitting(),
        cscv == null ? null : cscv.loss(),
        paths,
        nested.series().size() / nested.metrics().barsPerYear(),
        Double.isInfinite(needed) ? null : needed / nested.metrics().barsPerYear());
  }
}
