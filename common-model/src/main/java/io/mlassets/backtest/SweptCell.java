package io.mlassets.backtest;

import io.mlassets.decision.Thresholds;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One pair of thresholds, walked through all the time there is: sums per block, from which figures
 * over any folds follow without another walk.
 */
public final class SweptCell {
  private final Thresholds thresholds;
  private final SweepBlocks blocks;
  private final double barsPerYear;
  final double[] sums;
  final double[] squares;
  final int[] trades;
  final int[] considered;
  final int[] flagged;

  SweptCell(Thresholds thresholds, SweepBlocks blocks, double barsPerYear) {
    this.thresholds = thresholds;
    this.blocks = blocks;
    this.barsPerYear = barsPerYear;
    sums = new double[blocks.size()];
    squares = new double[blocks.size()];
    trades = new int[blocks.folds()];
    considered = new int[blocks.folds()];
    flagged = new int[blocks.folds()];
  }

  /** The thresholds. */
  public Thresholds thresholds() {
    return thresholds;
  }

  /** Figures over the folds named. */
  public CellFigures over(IntPredicate folds) {
    double sum = 0;
    double square = 0;
    double n = 0;
    for (int b = 0; b < blocks.size(); b++) {
      if (folds.test(blocks.fold()[b])) {
        sum += sums[b];
        square += squares[b];
        n += blocks.start()[b + 1] - blocks.start()[b];
      }
    }
    int made = 0;
    int seen = 0;
    int declined = 0;
    for (int fold = 0; fold < trades.length; fold++) {
      if (folds.test(fold)) {
        made += trades[fold];
        seen += considered[fold];
        declined += flagged[fold];
      }
    }
    Double perBar = made == 0 ? null : Sharpe.ratio(sum / n, (square - sum * sum / n) / (n - 1));
    return new CellFigures(
        perBar == null ? null : perBar * Math.sqrt(barsPerYear),
        made,
        seen == 0 ? null : 1 - (double) declined / seen,
        sum / n,
        n / barsPerYear);
  }

  /** Sharpe ratio over all the time, not annualised; null without trades. */
  public @Nullable Double perBarSharpe() {
    Double annual = over(fold -> true).sharpe();
    return annual == null ? null : annual / Math.sqrt(barsPerYear);
  }

  /** Profits per group of time, for {@link Cscv}. */
  public double[] groupSums() {
    return grouped(sums);
  }

  /** Squared profits per group of time. */
  public double[] groupSquares() {
    return grouped(squares);
  }

  /** Bar times in each group. */
  public int[] groupBars() {
    int[] bars = new int[blocks.groups()];
    for (int b = 0; b < blocks.size(); b++) {
      bars[blocks.group()[b]] += blocks.start()[b + 1] - blocks.start()[b];
    }
    return bars;
  }

  private double[] grouped(double[] values) {
    double[] grouped = new double[blocks.groups()];
    for (int b = 0; b < values.length; b++) {
      grouped[blocks.group()[b]] += values[b];
    }
    return grouped;
  }
}
