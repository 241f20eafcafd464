package io.mlassets.feature;

import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import java.util.List;

/** What is known of the last bars of both legs, before any hedge ratio. */
final class PairWindow {
  private static final int RANGE_BARS = 14;
  private static final int JUMP_BARS = 4;

  private final int longestLag;
  private final int bars;
  private final Lags logA;
  private final Lags logB;
  final RollingMoments levels;
  final RollingMoments shortLevels;
  final LagMoments changes;
  final LagMoments shortChanges;
  final LagMoments mediumLag;
  final LagMoments longLag;
  final LagMoments horizonLag;
  final RollingMoments ranges;
  final RollingMoments shortRanges;
  final RollingMoments volumes;
  final RollingMoments shortVolumes;
  private final List<LagMoments> lagged;

  PairWindow(int bars) {
    int shortBars = Math.max(10, bars / 4);
    this.bars = bars;
    longestLag = Math.max(6, bars / 5);
    logA = new Lags(longestLag);
    logB = new Lags(longestLag);
    levels = new RollingMoments(bars);
    shortLevels = new RollingMoments(shortBars);
    changes = new LagMoments(1, bars);
    shortChanges = new LagMoments(1, shortBars);
    mediumLag = new LagMoments(Math.max(2, bars / 60), bars);
    longLag = new LagMoments(Math.max(4, bars / 15), bars);
    horizonLag = new LagMoments(longestLag, bars);
    ranges = new RollingMoments(bars);
    shortRanges = new RollingMoments(RANGE_BARS);
    volumes = new RollingMoments(bars);
    shortVolumes = new RollingMoments(shortBars);
    lagged = List.of(changes, shortChanges, mediumLag, longLag, horizonLag);
  }

  void add(PairBar bar, boolean anchor) {
    double a = Math.log(bar.a().close());
    double b = Math.log(bar.b().close());
    if (logA.has(0)) {
      double rangeA = trueRange(bar.a(), logA.get(0));
      double rangeB = trueRange(bar.b(), logB.get(0));
      ranges.add(rangeA, rangeB, anchor);
      shortRanges.add(rangeA, rangeB, anchor);
    }
    logA.add(a);
    logB.add(b);
    levels.add(a, b, anchor);
    shortLevels.add(a, b, anchor);
    for (LagMoments moments : lagged) {
      moments.add(logA, logB, anchor);
    }
    double volumeA = Math.log1p(bar.a().volume());
    double volumeB = Math.log1p(bar.b().volume());
    volumes.add(volumeA, volumeB, anchor);
    shortVolumes.add(volumeA, volumeB, anchor);
  }

  /** True range (Wilder 1978) as a log ratio. */
  private static double trueRange(Bar bar, double previousLogClose) {
    double high = Math.max(Math.log(bar.high()), previousLogClose);
    double low = Math.min(Math.log(bar.low()), previousLogClose);
    return high - low;
  }

  /** The longest of the windows starts last. */
  boolean ready() {
    return horizonLag.moments().ready();
  }

  int warmUpBars(int block) {
    return longestLag + bars + block;
  }

  /** Spread, hedge ratio and reference at the newest close. */
  SpreadState spread() {
    double beta = HedgeRatio.of(this);
    double deviation = Math.sqrt(levels.varianceOfSpread(beta));
    double mean = levels.meanU() - beta * levels.meanV();
    return new SpreadState(logA.get(0), logB.get(0), beta, mean, deviation);
  }

  static double slope(RollingMoments moments) {
    double variance = moments.varianceV();
    return variance > 0 ? moments.covariance() / variance : 1;
  }

  /** Outward-unsigned change of the spread over some bars. */
  double spreadChange(int lag, double beta) {
    return logA.change(lag) - beta * logB.change(lag);
  }

  /** Largest one-bar move of a leg within the last bars, in deviations of that leg. */
  double jump() {
    double a = 0;
    double b = 0;
    for (int k = 0; k < JUMP_BARS; k++) {
      a = Math.max(a, Math.abs(logA.get(k) - logA.get(k + 1)));
      b = Math.max(b, Math.abs(logB.get(k) - logB.get(k + 1)));
    }
    RollingMoments moments = changes.moments();
    return Math.max(a / Math.sqrt(moments.varianceU()), b / Math.sqrt(moments.varianceV()));
  }
}
