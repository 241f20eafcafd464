package io.mlassets.backtest;

import org.jspecify.annotations.Nullable;

/** Mean over standard deviation of a series of profits, and how sure one can be of it. */
final class Sharpe {
  private Sharpe() {}

  /** Per-bar ratio (sample standard deviation); null when nothing varies. */
  static @Nullable Double perBar(double[] pnl) {
    double mean = 0;
    for (double value : pnl) {
      mean += value / pnl.length;
    }
    double squares = 0;
    for (double value : pnl) {
      squares += (value - mean) * (value - mean);
    }
    return ratio(mean, squares / (pnl.length - 1));
  }

  static @Nullable Double ratio(double mean, double variance) {
    return variance > 0 ? Double.valueOf(mean / Math.sqrt(variance)) : null;
  }

  /** Largest fall of the cumulated profit from its peak, the start counted as one. */
  static double maxDrawdown(double[] pnl) {
    double value = 0;
    double peak = 0;
    double worst = 0;
    for (double step : pnl) {
      value += step;
      peak = Math.max(peak, value);
      worst = Math.max(worst, peak - value);
    }
    return worst;
  }
}
