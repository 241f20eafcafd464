package io.mlassets.trainer.theta;

import io.mlassets.backtest.CellFigures;
import io.mlassets.policy.Range;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Which thresholds to take, by the backtest of each cell and the smoothed surface of their Sharpe
 * ratios, on which a lonely peak is luck. Of the cells within one standard error of the surface's
 * best, the one that trades most is taken (the rule of one standard error, Breiman et al. 1984,
 * §3.4.3): what luck cannot tell apart should not cost trades. Cells whose risk pass rate is
 * outside the wanted range count only if no cell is within; so do cells with too few trades to
 * judge.
 */
final class CellChoice {
  /** Fewer trades say nothing of a cell. */
  static final int LEAST_TRADES = 30;

  private final List<CellFigures> figures;
  private final double[] smoothed;
  private final Range passRate;
  private final boolean reachable;

  /**
   * A choice to be made.
   *
   * @param figures of every cell
   * @param smoothed Sharpe ratio of every cell without its noise
   * @param passRate wanted share of candidate entries with {@code risk_score < θ2}
   */
  CellChoice(List<CellFigures> figures, double[] smoothed, Range passRate) {
    this.figures = figures;
    this.smoothed = smoothed;
    this.passRate = passRate;
    this.reachable = figures.stream().anyMatch(this::passes);
  }

  /** Whether any cell lets a wanted share pass. */
  boolean reachable() {
    return reachable;
  }

  /** Index of the cell to take; empty when no cell that may be taken trades. */
  OptionalInt best() {
    List<Integer> judged = cells(LEAST_TRADES);
    return judged.isEmpty() ? mostTraded(cells(1)) : mostTraded(asGoodAsTheBest(judged));
  }

  /** Index of the cell of a wanted share with the least distance; empty when there is none. */
  OptionalInt nearest(IntToDoubleFunction distance) {
    return IntStream.range(0, figures.size())
        .filter(i -> passes(figures.get(i)))
        .reduce((a, b) -> distance.applyAsDouble(b) < distance.applyAsDouble(a) ? b : a);
  }

  private List<Integer> cells(int leastTrades) {
    return IntStream.range(0, figures.size())
        .filter(i -> passes(figures.get(i)) || !reachable)
        .filter(i -> figures.get(i).trades() >= leastTrades)
        .boxed()
        .toList();
  }

  private List<Integer> asGoodAsTheBest(List<Integer> judged) {
    int top = judged.stream().max(Comparator.comparingDouble(i -> smoothed[i])).orElseThrow();
    double floor = smoothed[top] - figures.get(top).standardError();
    return judged.stream().filter(i -> smoothed[i] >= floor).toList();
  }

  private OptionalInt mostTraded(List<Integer> among) {
    return among.stream()
        .mapToInt(i -> i)
        .reduce((a, b) -> figures.get(b).trades() > figures.get(a).trades() ? b : a);
  }

  private boolean passes(CellFigures cell) {
    Double rate = cell.passRate();
    return rate != null && passRate.contains(rate);
  }
}
