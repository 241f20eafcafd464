package io.mlassets.trainer.verdict;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Overfitting;
import io.mlassets.trainer.validation.LeakCheck;
import java.util.List;

/**
 * All a candidate is judged by when it stands alone, out of fold, after costs.
 *
 * @param backtest of thresholds chosen outside the fold judged
 * @param overfitting how much of it may be luck
 * @param leaks features that know the next bar
 * @param earlierTrials trials other runs made on these bars, at least 0
 */
public record Evidence(
    BacktestMetrics backtest,
    Overfitting overfitting,
    List<LeakCheck.Leak> leaks,
    int earlierTrials) {

  /** Copies the list. */
  public Evidence {
    leaks = List.copyOf(leaks);
  }

  /** Of the first run ever made on these bars. */
  public Evidence(BacktestMetrics backtest, Overfitting overfitting, List<LeakCheck.Leak> leaks) {
    this(backtest, overfitting, leaks, 0);
  }

  /** How much may be luck, given the trials of the run and of those before it. */
  public Overfitting judged() {
    return overfitting.withEarlier(earlierTrials, backtest.barsPerYear());
  }
}
