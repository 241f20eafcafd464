package io.mlassets.feature;

/**
 * The hedge ratio: slope of the first leg's one-bar changes on the second's. Levels would fit the
 * window better and the future worse: two random walks regress on each other's levels by chance.
 */
final class HedgeRatio {
  private HedgeRatio() {}

  static double of(PairWindow window) {
    return PairWindow.slope(window.changes.moments());
  }
}
