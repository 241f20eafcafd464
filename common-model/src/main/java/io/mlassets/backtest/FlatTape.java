package io.mlassets.backtest;

import io.mlassets.decision.Thresholds;
import java.util.Arrays;

/**
 * One pair's candidates and prices as plain arrays in the order a sweep reads them. The walk adds
 * up what {@link Ledger} would book, to rounding: profits are whole multiples of 2⁻⁴⁸ (3.6e-15),
 * whose sums below 32 full positions a double holds exactly, whatever the order they come in.
 */
final class FlatTape {
  /** Added to a number below 8 and taken away again, it leaves the nearest multiple of 2⁻⁴⁸. */
  private static final double GRID = 24;

  private final int[] time;
  private final boolean gapless;
  private final double[] openA;
  private final double[] openB;
  private final double[] closeA;
  private final double[] closeB;
  private final double[] stepA;
  private final double[] stepB;
  private final int[] bar;
  private final int[] exitBar;
  private final int[] fold;
  private final int[] cutBar;
  private final double[] returnProb;
  private final double[] riskScore;
  private final double[] perPriceA;
  private final double[] perPriceB;
  private final double[] halfCost;

  /** The first candidate after each one's exit. */
  private final int[] next;

  /** The risk scores of each fold's candidates, in order of size. */
  private final double[][] risks;

  FlatTape(PairTape tape, SweepBlocks blocks, double costMultiple) {
    time = tape.time;
    openA = tape.prices.openA;
    openB = tape.prices.openB;
    closeA = tape.prices.closeA;
    closeB = tape.prices.closeB;
    int n = time.length;
    gapless = time[n - 1] - time[0] == n - 1;
    stepA = steps(closeA);
    stepB = steps(closeB);
    int count = tape.candidates.length;
    bar = new int[count];
    exitBar = new int[count];
    fold = new int[count];
    cutBar = new int[count];
    returnProb = new double[count];
    riskScore = new double[count];
    perPriceA = new double[count];
    perPriceB = new double[count];
    halfCost = new double[count];
    int[] foldOf = blocks.foldOfTime();
    int[] lastBar = lastBars(blocks.foldEnds());
    for (int k = 0; k < count; k++) {
      PairTape.Candidate candidate = tape.candidates[k];
      bar[k] = candidate.bar();
      exitBar[k] = candidate.exitBar();
      fold[k] = foldOf[time[bar[k]]];
      cutBar[k] = lastBar[fold[k]];
      returnProb[k] = candidate.returnProb();
      riskScore[k] = candidate.riskScore();
      int entry = Math.min(bar[k] + 1, n - 1);
      perPriceA[k] = candidate.scale() * candidate.weightA() / openA[entry];
      perPriceB[k] = candidate.scale() * candidate.weightB() / openB[entry];
      halfCost[k] = candidate.scale() * candidate.cost() * costMultiple / 2;
    }
    next = nextFree();
    risks = risksOf(blocks.folds());
  }

  private int[] nextFree() {
    int[] free = new int[bar.length];
    for (int k = 0; k < bar.length; k++) {
      int at = Arrays.binarySearch(bar, k + 1, bar.length, exitBar[k] + 1);
      free[k] = at >= 0 ? at : -at - 1;
    }
    return free;
  }

  private double[][] risksOf(int folds) {
    double[][] sorted = new double[folds][];
    int from = 0;
    for (int f = 0; f < folds; f++) {
      int to = from;
      while (to < fold.length && fold[to] == f) {
        to++;
      }
      sorted[f] = Arrays.copyOfRange(riskScore, from, to);
      Arrays.sort(sorted[f]);
      from = to;
    }
    return sorted;
  }

  private static double[] steps(double[] prices) {
    double[] steps = new double[prices.length];
    for (int i = 1; i < prices.length; i++) {
      steps[i] = prices[i] - prices[i - 1];
    }
    return steps;
  }

  /** The last bar of this pair within each fold. */
  private int[] lastBars(int[] foldEnds) {
    int[] last = new int[foldEnds.length];
    int i = 0;
    for (int f = 0; f < foldEnds.length; f++) {
      while (i < time.length && time[i] < foldEnds[f]) {
        i++;
      }
      last[f] = i - 1;
    }
    return last;
  }

  /** What a sweep that begins has taken: nothing. */
  Taken nothing() {
    return new Taken(bar.length);
  }

  /** The candidates a sweep took in its last cell, in order. */
  static final class Taken {
    private int[] now;
    private int[] before;
    private int size;
    private int sizeBefore;

    private Taken(int candidates) {
      now = new int[candidates];
      before = new int[candidates];
    }

    private void begin() {
      int[] other = before;
      before = now;
      sizeBefore = size;
      now = other;
      size = 0;
    }

    private void add(int candidate) {
      now[size++] = candidate;
    }
  }

  /**
   * Decides anew which candidates are taken and books what has changed.
   *
   * @param taken which were taken by the cell before; then, by this one
   */
  void walk(Thresholds thresholds, SweptCell cell, Taken taken, double[] pnl) {
    double theta1 = thresholds.theta1();
    double theta2 = thresholds.theta2();
    taken.begin();
    int k = 0;
    while (k < bar.length) {
      if (returnProb[k] > theta1 && riskScore[k] < theta2) {
        // Decided on its fold's last bar, it would be executed in the next.
        if (bar[k] < cutBar[k]) {
          taken.add(k);
          cell.trades[fold[k]]++;
        }
        k = next[k];
      } else {
        k++;
      }
    }
    book(taken, pnl);
    for (int f = 0; f < risks.length; f++) {
      cell.considered[f] += risks[f].length;
      cell.flagged[f] += risks[f].length - below(risks[f], theta2);
    }
  }

  private static int below(double[] sorted, double bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void book(Taken taken, double[] pnl) {
    int i = 0;
    int j = 0;
    while (i < taken.sizeBefore || j < taken.size) {
      int was = i < taken.sizeBefore ? taken.before[i] : Integer.MAX_VALUE;
      int is = j < taken.size ? taken.now[j] : Integer.MAX_VALUE;
      if (was != is) {
        book(Math.min(was, is), is < was ? 1 : -1, pnl);
      }
      i += was <= is ? 1 : 0;
      j += is <= was ? 1 : 0;
    }
  }

  private void book(int k, int sign, double[] pnl) {
    int entry = bar[k] + 1;
    double a = perPriceA[k];
    double b = perPriceB[k];
    double cost = halfCost[k];
    int closing = exitBar[k] + 1;
    boolean closesAtOpen = closing <= cutBar[k];
    int last = Math.min(closing, cutBar[k]);
    pnl[time[entry]] +=
        sign
            * onGrid(
                a * (closeA[entry] - openA[entry]) + b * (closeB[entry] - openB[entry]) - cost);
    mark(entry + 1, closesAtOpen ? last - 1 : last, sign, k, pnl);
    pnl[time[last]] -= sign * onGrid(cost);
    if (closesAtOpen) {
      pnl[time[last]] +=
          sign
              * onGrid(a * (openA[last] - closeA[last - 1]) + b * (openB[last] - closeB[last - 1]));
    }
  }

  private void mark(int from, int to, double sign, int k, double[] pnl) {
    double a = perPriceA[k];
    double b = perPriceB[k];
    if (gapless) {
      int offset = time[0];
      for (int i = from; i <= to; i++) {
        pnl[offset + i] += sign * onGrid(a * stepA[i] + b * stepB[i]);
      }
    } else {
      for (int i = from; i <= to; i++) {
        pnl[time[i]] += sign * onGrid(a * stepA[i] + b * stepB[i]);
      }
    }
  }

  private static double onGrid(double value) {
    return (value + GRID) - GRID;
  }
}
