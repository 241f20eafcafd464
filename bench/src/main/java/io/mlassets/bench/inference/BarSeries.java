package io.mlassets.bench.inference;

import io.mlassets.market.PairBar;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the features are made of, of bars in a row and of both legs: logarithms of closes, true
 * ranges as log ratios (none for the first bar) and of volumes.
 */
record BarSeries(
    double[] closeA,
    double[] closeB,
    double[] rangeA,
    double[] rangeB,
    double[] volumeA,
    double[] volumeB) {

  static BarSeries of(List<PairBar> bars) {
    int n = bars.size();
    BarSeries s =
        new BarSeries(
            new double[n],
            new double[n],
            new double[n],
            new double[n],
            new double[n],
            new double[n]);
    for (int i = 0; i < n; i++) {
      PairBar bar = bars.get(i);
      s.closeA[i] = Math.log(bar.a().close());
      s.closeB[i] = Math.log(bar.b().close());
      s.volumeA[i] = Math.log1p(bar.a().volume());
      s.volumeB[i] = Math.log1p(bar.b().volume());
      s.rangeA[i] = i == 0 ? Double.NaN : range(bar.a().high(), bar.a().low(), s.closeA[i - 1]);
      s.rangeB[i] = i == 0 ? Double.NaN : range(bar.b().high(), bar.b().low(), s.closeB[i - 1]);
    }
    return s;
  }

  private static double range(double high, double low, double before) {
    return Math.max(Math.log(high), before) - Math.min(Math.log(low), before);
  }

  /** The same with the last bit of every close's logarithm moved up or down by chance. */
  BarSeries withOtherLastBits(SplittableRandom random) {
    return new BarSeries(
        moved(closeA, random), moved(closeB, random), rangeA, rangeB, volumeA, volumeB);
  }

  private static double[] moved(double[] closes, SplittableRandom random) {
    double[] moved = new double[closes.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = random.nextBoolean() ? Math.nextUp(closes[i]) : Math.nextDown(closes[i]);
    }
    return moved;
  }
}
