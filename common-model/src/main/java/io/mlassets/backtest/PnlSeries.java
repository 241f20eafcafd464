package io.mlassets.backtest;

import java.time.Instant;

/** Profit of the portfolio per bar time, after costs: the sum over pairs, marked at the closes. */
public final class PnlSeries {
  private final Instant[] times;
  private final double[] values;

  PnlSeries(Instant[] times, double[] values) {
    this.times = times;
    this.values = values;
  }

  /** Number of bar times. */
  public int size() {
    return values.length;
  }

  /** UTC start of the bar. */
  public Instant ts(int index) {
    return times[index];
  }

  /** Profit of that bar time, fraction of one full position's gross notional. */
  public double pnl(int index) {
    return values[index];
  }

  /** All profits in time order; the caller's own. */
  public double[] copy() {
    return values.clone();
  }
}
