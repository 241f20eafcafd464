package io.mlassets.bench.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The features as they are defined, of stored bars and each window from scratch: slow, simple, and
 * none of the engine's code.
 */
final class FeatureOracle {
  private static final int RANGE_BARS = 14;
  private static final int JUMP_BARS = 4;
  private static final double MAX_POSITION = 3;

  private final int n;
  private final int s;
  private final int medium;
  private final int longer;
  private final int horizon;
  private final double pairClass;

  FeatureOracle(int window, double pairClass) {
    this.pairClass = pairClass;
    n = window;
    s = Math.max(10, window / 4);
    medium = Math.max(2, window / 60);
    longer = Math.max(4, window / 15);
    horizon = Math.max(6, window / 5);
  }

  /** Bars before one that its features need. */
  int before() {
    return Math.max(2 * n, n + horizon);
  }

  /** Features by name of every bar that has {@link #before()} others before it. */
  List<SequencedMap<String, Double>> features(BarSeries bars) {
    Spreads spreads = new Spreads(bars);
    List<SequencedMap<String, Double>> all = new ArrayList<>();
    for (int t = before(); t < bars.closeA().length; t++) {
      all.add(spreads.features(t));
    }
    return all;
  }

  /** The spread's reference at each bar, its mean as a distance from that bar's close. */
  private final class Spreads {
    private final BarSeries bars;
    private final double[] a;
    private final double[] b;
    private final double[] stepA;
    private final double[] stepB;
    private final double[] beta;
    private final double[] mean;
    private final double[] deviation;
    private final double[] z;
    private final double[] profit;

    private Spreads(BarSeries bars) {
      this.bars = bars;
      a = bars.closeA();
      b = bars.closeB();
      stepA = change(a, 1);
      stepB = change(b, 1);
      beta = new double[a.length];
      mean = new double[a.length];
      deviation = new double[a.length];
      z = new double[a.length];
      profit = new double[a.length];
      for (int t = n; t < a.length; t++) {
        beta[t] = TwoPass.slope(stepA, stepB, t, n);
        mean[t] = meanFromClose(t, n);
        deviation[t] = Math.sqrt(TwoPass.varianceOfDifference(a, b, beta[t], t, n));
        z[t] = z(t, t);
        if (t > n) {
          double position = -Math.clamp(z[t - 1], -MAX_POSITION, MAX_POSITION);
          profit[t] = position * (z(t, t - 1) - z[t - 1]);
        }
      }
    }

    private double meanFromClose(int t, int bars) {
      return TwoPass.meanFromLast(a, t, bars) - beta[t] * TwoPass.meanFromLast(b, t, bars);
    }

    /** How far one bar's close is from the mean, by an earlier or the same bar's reference. */
    private double z(int t, int reference) {
      double since = a[t] - a[reference] - beta[reference] * (b[t] - b[reference]);
      return deviation[reference] > 0 ? (since - mean[reference]) / deviation[reference] : 0;
    }

    private static double[] change(double[] x, int lag) {
      double[] change = new double[x.length];
      for (int i = lag; i < x.length; i++) {
        change[i] = x[i] - x[i - lag];
      }
      return change;
    }

    private SequencedMap<String, Double> features(int t) {
      SequencedMap<String, Double> row = new LinkedHashMap<>();
      double slope = beta[t];
      double outward = z[t] < 0 ? -1 : 1;
      double oneBar = TwoPass.varianceOfDifference(stepA, stepB, slope, t, n);
      row.put("z_score", z[t]);
      row.put("z_distance", Math.abs(z[t]));
      row.put("z_short", outward * shortZ(t));
      row.put("z_change_1", outward * moved(t, 1) / deviation[t]);
      row.put("z_change_4", outward * moved(t, medium) / deviation[t]);
      row.put("z_change_16", outward * moved(t, longer) / deviation[t]);
      row.put("spread_deviation", Math.log(deviation[t] / (1 + Math.abs(slope))));
      row.put("spread_reach", Math.log(deviation[t] / Math.sqrt(oneBar)));
      row.put("variance_ratio_4", varianceRatio(t, medium, oneBar));
      row.put("variance_ratio_16", varianceRatio(t, longer, oneBar));
      row.put("variance_ratio_48", varianceRatio(t, horizon, oneBar));
      row.put("zero_crossings", crossings(t) / (double) n);
      double profitDeviation = Math.sqrt(TwoPass.variance(profit, t, n));
      row.put("pnl_mean", TwoPass.mean(profit, t, n) / profitDeviation);
      row.put("pnl_std", Math.log(profitDeviation));
      double shortBar = TwoPass.varianceOfDifference(stepA, stepB, slope, t, s);
      row.put("spread_vol", Math.log(shortBar / oneBar) / 2);
      row.put("volatility", legVolatility(t, s) - legVolatility(t, n));
      row.put("vol_jump", Math.max(jump(stepA, t), jump(stepB, t)));
      row.put("atr_ratio", (rangeRatio(bars.rangeA(), t) + rangeRatio(bars.rangeB(), t)) / 2);
      double correlation = TwoPass.correlation(stepA, stepB, t, n);
      row.put("correlation", correlation);
      row.put("correlation_change", TwoPass.correlation(stepA, stepB, t, s) - correlation);
      row.put("beta", slope);
      row.put("beta_stability", Math.sqrt(TwoPass.variance(beta, t, s)));
      row.put("beta_gap", TwoPass.slope(a, b, t, n) - slope);
      row.put(
          "liquidity_score",
          Math.min(moreVolume(bars.volumeA(), t), moreVolume(bars.volumeB(), t)));
      row.put("pair_class", pairClass);
      row.replaceAll((name, value) -> Double.isFinite(value) ? value : Double.NaN);
      return row;
    }

    private double shortZ(int t) {
      return -meanFromClose(t, s) / Math.sqrt(TwoPass.varianceOfDifference(a, b, beta[t], t, s));
    }

    private double moved(int t, int lag) {
      return a[t] - a[t - lag] - beta[t] * (b[t] - b[t - lag]);
    }

    private double varianceRatio(int t, int lag, double oneBar) {
      double[] changeA = new double[n];
      double[] changeB = new double[n];
      for (int i = 0; i < n; i++) {
        int at = t - n + 1 + i;
        changeA[i] = a[at] - a[at - lag];
        changeB[i] = b[at] - b[at - lag];
      }
      double variance = TwoPass.varianceOfDifference(changeA, changeB, beta[t], n - 1, n);
      return Math.log(variance / (lag * oneBar));
    }

    private int crossings(int t) {
      int count = 0;
      for (int i = t - n + 1; i <= t; i++) {
        count += z[i - 1] * z[i] < 0 ? 1 : 0;
      }
      return count;
    }

    private double legVolatility(int t, int bars) {
      return Math.log(TwoPass.variance(stepA, t, bars) * TwoPass.variance(stepB, t, bars)) / 4;
    }

    private double jump(double[] step, int t) {
      double largest = 0;
      for (int i = t - JUMP_BARS + 1; i <= t; i++) {
        largest = Math.max(largest, Math.abs(step[i]));
      }
      return largest / Math.sqrt(TwoPass.variance(step, t, n));
    }

    private double rangeRatio(double[] range, int t) {
      return TwoPass.mean(range, t, RANGE_BARS) / TwoPass.mean(range, t, n);
    }

    private double moreVolume(double[] volume, int t) {
      return TwoPass.mean(volume, t, s) - TwoPass.mean(volume, t, n);
    }
  }
}
