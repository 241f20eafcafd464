package io.mlassets.backtest;

import io.mlassets.market.PairBar;
import java.time.Instant;
import java.util.List;

/** One pair's bars, in time order, as plain arrays. */
final class PairPrices {
  final PairHistory history;
  final Instant[] ts;
  final double[] openA;
  final double[] openB;
  final double[] closeA;
  final double[] closeB;

  /** Refuses bars out of order with {@link IllegalArgumentException}. */
  PairPrices(PairHistory history) {
    this.history = history;
    List<PairBar> bars = history.bars();
    int n = bars.size();
    ts = new Instant[n];
    openA = new double[n];
    openB = new double[n];
    closeA = new double[n];
    closeB = new double[n];
    for (int i = 0; i < n; i++) {
      PairBar bar = bars.get(i);
      ts[i] = bar.ts();
      openA[i] = bar.a().open();
      openB[i] = bar.b().open();
      closeA[i] = bar.a().close();
      closeB[i] = bar.b().close();
      if (i > 0 && !ts[i].isAfter(ts[i - 1])) {
        throw new IllegalArgumentException(
            "%s: bars are not in time order at %s".formatted(history.pair(), ts[i]));
      }
    }
  }

  int size() {
    return ts.length;
  }
}
