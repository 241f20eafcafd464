package io.mlassets.feature;

import org.jspecify.annotations.Nullable;

/** What became of the last bars' spread states: the running result of standing against z. */
final class SpreadHistory {
  /** A position against z grows with its distance up to this many deviations. */
  private static final double MAX_POSITION = 3;

  private final int bars;
  final RollingMoments profits;
  final RollingMoments betas;
  private final Lags crossings;
  private int crossingCount;
  private @Nullable SpreadState previous;

  SpreadHistory(int bars) {
    this.bars = bars;
    profits = new RollingMoments(bars);
    betas = new RollingMoments(Math.max(10, bars / 4));
    crossings = new Lags(bars);
  }

  void add(SpreadState spread, boolean anchor) {
    SpreadState last = previous;
    previous = spread;
    if (last == null) {
      return;
    }
    double z = last.zScore();
    double position = -Math.clamp(z, -MAX_POSITION, MAX_POSITION);
    double profit = position * (last.zScore(spread) - z);
    profits.add(profit, profit, anchor);
    betas.add(spread.beta(), spread.beta(), anchor);
    countCrossing(z * spread.zScore() < 0);
  }

  private void countCrossing(boolean crossed) {
    crossings.add(crossed ? 1 : 0);
    crossingCount += crossed ? 1 : 0;
    if (crossings.has(bars)) {
      crossingCount -= (int) crossings.get(bars);
    }
  }

  boolean ready() {
    return profits.ready();
  }

  double crossingRate() {
    return (double) crossingCount / bars;
  }

  int warmUpBars(int block) {
    return 1 + bars + block;
  }
}
