package io.mlassets.backtest;

import io.mlassets.decision.Thresholds;
import io.mlassets.policy.CorePolicy;
import java.util.List;

/**
 * What a set of scored candidates would have earned. Decisions fall at closes, both legs are
 * executed at the pair's next open, costs are the instruments'; one position per pair. Prepared
 * once from the histories, then cheap per pair of thresholds.
 */
public final class Backtest {
  private final CorePolicy policy;
  private final List<PairHistory> histories;

  /** Prepares every candidate's trade: exits do not depend on thresholds. */
  public Backtest(CorePolicy policy, List<PairHistory> histories) {
    this.policy = policy;
    this.histories = List.copyOf(histories);
  }

  /** Trades, figures with their interval, and profit per bar. */
  public BacktestResult run(ThresholdsAt thresholds, Resampling resampling) {
    throw new UnsupportedOperationException("not yet: " + policy + histories + thresholds);
  }

  /**
   * The figures of one cell of the θ grid, without bootstrap interval.
   *
   * @param thresholds the cell
   * @param periods only candidates and profits within count; empty means all
   */
  public BacktestMetrics quick(Thresholds thresholds, List<Period> periods) {
    throw new UnsupportedOperationException("not yet: " + thresholds + periods);
  }

  /** Profit per bar time of one cell, for statistics over many trials. */
  public PnlSeries series(Thresholds thresholds) {
    throw new UnsupportedOperationException("not yet: " + thresholds);
  }
}
