package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.policy.Range;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which cell of a θ1 × θ2 grid to take, by the backtest of each. A cell is judged by the mean
 * Sharpe ratio of itself and its neighbours, because a peak that its neighbours do not share is
 * luck. Of the cells within one standard error of the best, the one that trades most is taken (the
 * rule of one standard error, Breiman et al. 1984, §3.4.3): what luck cannot tell apart should not
 * cost trades. Cells whose risk pass rate is outside the wanted range count only if no cell is
 * within; so do cells with too few trades to judge.
 */
final class CellChoice {
  private static final int LEAST_TRADES = 30;
  private final List<BacktestMetrics> figures;
  private final int width;
  private final Range passRate;
  private final boolean reachable;

  /**
   * A choice to be made.
   *
   * @param figures of every cell, row by row
   * @param width cells in a row
   * @param passRate wanted share of candidate entries with {@code risk_score < θ2}
   */
  CellChoice(List<BacktestMetrics> figures, int width, Range passRate) {
    this.figures = figures;
    this.width = width;
    this.passRate = passRate;
    this.reachable = figures.stream().anyMatch(this::passes);
  }

  /** Whether any cell lets a wanted share pass. */
  boolean reachable() {
    return reachable;
  }

  /** Index of the cell to take; empty when no cell trades at all. */
  OptionalInt best() {
    List<Integer> judged = cells(LEAST_TRADES);
    return judged.isEmpty() ? mostTraded(cells(1)) : mostTraded(asGoodAsTheBest(judged));
  }

  private List<Integer> cells(int leastTrades) {
    return IntStream.range(0, figures.size())
        .filter(i -> passes(figures.get(i)) || !reachable)
        .filter(i -> figures.get(i).trades() >= leastTrades)
        .boxed()
        .toList();
  }

  private List<Integer> asGoodAsTheBest(List<Integer> judged) {
    int top = judged.stream().max(Comparator.comparingDouble(this::plateau)).orElseThrow();
    double floor = plateau(top) - standardError(figures.get(top));
    return judged.stream().filter(i -> plateau(i) >= floor).toList();
  }

  private OptionalInt mostTraded(List<Integer> among) {
    return among.stream()
        .mapToInt(i -> i)
        .reduce((a, b) -> figures.get(b).trades() > figures.get(a).trades() ? b : a);
  }

  /** Of an annualised Sharpe ratio near zero: what one unit of its t-statistic is worth. */
  private static double standardError(BacktestMetrics metrics) {
    Double sharpe = metrics.sharpe();
    Double tStat = metrics.tStat();
    return sharpe == null || tStat == null || tStat == 0 ? 0 : sharpe / tStat;
  }

  private double plateau(int index) {
    int row = index / width;
    int column = index % width;
    double sum = 0;
    int count = 0;
    for (int r = Math.max(0, row - 1); r <= Math.min(figures.size() / width - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
        @Nullable Double sharpe = figures.get(r * width + c).sharpe();
        if (sharpe != null) {
          sum += sharpe;
          count++;
        }
      }
    }
    return count == 0 ? Double.NEGATIVE_INFINITY : sum / count;
  }

  private boolean passes(BacktestMetrics metrics) {
    Double refused = metrics.noTradeRate();
    return refused != null && passRate.contains(1 - refused);
  }
}
