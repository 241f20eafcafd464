package io.mlassets.feature;

/** Rolling moments of both legs' changes over a fixed number of bars. */
final class LagMoments {
  private final int lag;
  private final RollingMoments moments;

  LagMoments(int lag, int window) {
    this.lag = lag;
    this.moments = new RollingMoments(window);
  }

  void add(Lags logA, Lags logB, boolean anchor) {
    if (logA.has(lag)) {
      moments.add(logA.change(lag), logB.change(lag), anchor);
    }
  }

  int lag() {
    return lag;
  }

  RollingMoments moments() {
    return moments;
  }
}
