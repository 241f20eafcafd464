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
 */
public record Evidence(
    BacktestMetrics backtest, Overfitting overfitting, List<LeakCheck.Leak> leaks) {

  /** Copies the list. */
  public Evidence {
    leaks = List.copyOf(leaks);
  }
}
