package io.mlassets.backtest;

import io.mlassets.decision.Thresholds;
import java.util.Arrays;

/**
 * Walks many pairs of thresholds through the same history, one at a time, in buffers of its own:
 * one sweep per thread. A trade that outlives its fold is closed at the fold's last close, so that
 * no choice of thresholds sees the fold it will be judged on. From one cell to the next only the
 * trades that differ are booked: sweep cells in an order in which neighbours follow each other.
 * What is booked and taken back leaves nothing behind, so that no cell's figures depend on the
 * cells before it.
 *
 * <p>The sum of all cells' standardised profits is kept: its variance gives the mean correlation of
 * the trials without comparing every two of them.
 */
public final class ThetaSweep {
  private final SweepBlocks blocks;
  private final FlatTape[] tapes;
  private final double barsPerYear;
  private final double[] pnl;
  private final FlatTape.Taken[] taken;
  private final double[] standardised;
  private int varying;

  ThetaSweep(SweepBlocks blocks, FlatTape[] tapes, double barsPerYear) {
    this.blocks = blocks;
    this.tapes = tapes;
    this.barsPerYear = barsPerYear;
    pnl = new double[blocks.start()[blocks.size()]];
    standardised = new double[pnl.length];
    taken = Arrays.stream(tapes).map(FlatTape::nothing).toArray(FlatTape.Taken[]::new);
  }

  /** Walks one cell. */
  public SweptCell walk(Thresholds thresholds) {
    SweptCell cell = new SweptCell(thresholds, blocks, barsPerYear);
    for (int i = 0; i < tapes.length; i++) {
      tapes[i].walk(thresholds, cell, taken[i], pnl);
    }
    for (int b = 0; b < blocks.size(); b++) {
      double sum = 0;
      double square = 0;
      for (int t = blocks.start()[b]; t < blocks.start()[b + 1]; t++) {
        sum += pnl[t];
        square += pnl[t] * pnl[t];
      }
      cell.sums[b] = sum;
      cell.squares[b] = square;
    }
    if (Arrays.stream(cell.trades).sum() > 0) {
      standardise(cell);
    }
    return cell;
  }

  private void standardise(SweptCell cell) {
    int n = pnl.length;
    double mean = Arrays.stream(cell.sums).sum() / n;
    double variance = (Arrays.stream(cell.squares).sum() - n * mean * mean) / n;
    if (variance > 0) {
      double scale = 1 / Math.sqrt(variance);
      for (int t = 0; t < n; t++) {
        standardised[t] += (pnl[t] - mean) * scale;
      }
      varying++;
    }
  }

  /** Adds another sweep's cells to what is known of this one's correlation. */
  public ThetaSweep and(ThetaSweep other) {
    for (int t = 0; t < standardised.length; t++) {
      standardised[t] += other.standardised[t];
    }
    varying += other.varying;
    return this;
  }

  /**
   * Mean correlation between two cells' profits, cells that never trade left out, in [0, 1]; 0 with
   * fewer than two. {@code Var(Σ x) = M + M (M − 1) ρ̄} for standardised x.
   */
  public double meanCorrelation() {
    if (varying < 2) {
      return 0;
    }
    double square = 0;
    for (double value : standardised) {
      square += value * value;
    }
    double variance = square / standardised.length;
    return Math.clamp((variance - varying) / ((double) varying * (varying - 1)), 0, 1);
  }
}
