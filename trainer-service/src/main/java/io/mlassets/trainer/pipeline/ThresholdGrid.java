package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Period;
import io.mlassets.decision.Thresholds;
import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The policy's grid of θ1 and θ2, judged by backtest. The cell is chosen by the mean Sharpe ratio
 * of itself and its neighbours, because a peak that its neighbours do not share is luck. Cells
 * whose risk pass rate is outside the policy's range count only if no cell is within; so do cells
 * with too few trades to judge.
 */
final class ThresholdGrid {
  private static final int LEAST_TRADES = 30;
  private final CorePolicy policy;
  private final Backtest backtest;
  private final Workers workers;
  private final List<Thresholds> cells;
  private final int width;

  ThresholdGrid(CorePolicy policy, Backtest backtest, Workers workers) {
    this.policy = policy;
    this.backtest = backtest;
    this.workers = workers;
    this.cells = policy.thetaSearch().grid();
    double first = cells.getFirst().theta1();
    this.width = (int) cells.stream().filter(cell -> cell.theta1() == first).count();
  }

  /** Number of cells. */
  int size() {
    return cells.size();
  }

  /** The choice by what happened within the periods; none means all the time. */
  ThresholdChoice choose(List<Period> periods) {
    List<BacktestMetrics> figures = workers.map(cells, cell -> backtest.quick(cell, periods));
    boolean reachable = figures.stream().anyMatch(this::passes);
    int best =
        IntStream.range(0, cells.size())
            .filter(i -> passes(figures.get(i)) || !reachable)
            .filter(i -> figures.get(i).trades() >= LEAST_TRADES)
            .boxed()
            .max(
                Comparator.comparingDouble((Integer i) -> plateau(figures, i))
                    .thenComparing(i -> -i))
            .or(() -> mostTraded(figures, reachable))
            .orElse(-1);
    if (best < 0) {
      Thresholds initial = policy.initialThresholds();
      return new ThresholdChoice(initial, reachable, passRate(backtest.quick(initial, periods)));
    }
    return new ThresholdChoice(cells.get(best), reachable, passRate(figures.get(best)));
  }

  private Optional<Integer> mostTraded(List<BacktestMetrics> figures, boolean reachable) {
    return IntStream.range(0, cells.size())
        .filter(i -> passes(figures.get(i)) || !reachable)
        .filter(i -> figures.get(i).trades() > 0)
        .boxed()
        .max(
            Comparator.comparingInt((Integer i) -> figures.get(i).trades()).thenComparing(i -> -i));
  }

  private double plateau(List<BacktestMetrics> figures, int index) {
    int row = index / width;
    int column = index % width;
    double sum = 0;
    int count = 0;
    for (int r = Math.max(0, row - 1); r <= Math.min(cells.size() / width - 1, row + 1); r++) {
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

  private boolean passes(BacktestMetrics figures) {
    return figures.noTradeRate() != null && policy.riskPassRate().contains(passRate(figures));
  }

  private static double passRate(BacktestMetrics figures) {
    Double refused = figures.noTradeRate();
    return refused == null ? 0 : 1 - refused;
  }
}
