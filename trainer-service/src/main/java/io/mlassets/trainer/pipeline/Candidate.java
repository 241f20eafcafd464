package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.BacktestResult;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.PnlSeries;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelType;
import io.mlassets.trainer.importance.FeatureImportance;
import io.mlassets.trainer.theta.NestedThresholds;
import io.mlassets.trainer.theta.ThetaSurface;
import io.mlassets.trainer.validation.Fold;
import io.mlassets.trainer.validation.LeakCheck;
import java.util.List;
import java.util.Map;

/**
 * What a run came to, before any verdict.
 *
 * @param manifest everything training determined
 * @param trees the engine's text of each model
 * @param goldenRows raw rows the bundle keeps with their outputs
 * @param outOfFold every row with honest scores
 * @param folds the purged folds those were made by
 * @param backtest of those scores, thresholds chosen outside the fold judged
 * @param doubleCosts the figures of the same where everything costs twice as much
 * @param period the time the backtest covers
 * @param thresholds the thresholds used in the backtest, and those for live use
 * @param surface the Sharpe ratio over θ1 and θ2
 * @param leaks features that know the next bar
 * @param searches every parameter trial, by model and engine
 * @param doubleCostSeries profit per bar time where everything costs twice as much
 * @param importances what each model owes to each feature
 */
public record Candidate(
    BundleManifest manifest,
    Map<ModelType, String> trees,
    List<double[]> goldenRows,
    List<OutOfFold> outOfFold,
    List<Fold> folds,
    BacktestResult backtest,
    BacktestMetrics doubleCosts,
    Period period,
    NestedThresholds thresholds,
    ThetaSurface surface,
    List<LeakCheck.Leak> leaks,
    List<SearchHistory> searches,
    PnlSeries doubleCostSeries,
    List<FeatureImportance> importances) {

  /** Copies the collections. */
  public Candidate {
    trees = Map.copyOf(trees);
    goldenRows = List.copyOf(goldenRows);
    outOfFold = List.copyOf(outOfFold);
    folds = List.copyOf(folds);
    leaks = List.copyOf(leaks);
    searches = List.copyOf(searches);
    importances = List.copyOf(importances);
  }
}
