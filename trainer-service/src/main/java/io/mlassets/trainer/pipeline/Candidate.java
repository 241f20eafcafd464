package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.BacktestResult;
import io.mlassets.backtest.Period;
import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelType;
import java.util.List;
import java.util.Map;

/**
 * What a run came to, before any verdict.
 *
 * @param manifest everything training determined
 * @param trees the engine's text of each model
 * @param goldenRows raw rows the bundle keeps with their outputs
 * @param outOfFold every row with honest scores
 * @param backtest of those scores, thresholds chosen outside the fold judged
 * @param period the time the backtest covers
 * @param thresholdsAt the thresholds used in the backtest
 * @param thresholds the thresholds for live use
 */
public record Candidate(
    BundleManifest manifest,
    Map<ModelType, String> trees,
    List<double[]> goldenRows,
    List<OutOfFold> outOfFold,
    BacktestResult backtest,
    Period period,
    ThresholdsAt thresholdsAt,
    ThresholdChoice thresholds) {

  /** Copies the collections. */
  public Candidate {
    trees = Map.copyOf(trees);
    goldenRows = List.copyOf(goldenRows);
    outOfFold = List.copyOf(outOfFold);
  }
}
