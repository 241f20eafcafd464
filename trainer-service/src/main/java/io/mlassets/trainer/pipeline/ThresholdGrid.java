package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Period;
import io.mlassets.decision.Thresholds;
import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.Workers;
import java.util.List;
import java.util.OptionalInt;

/** The policy's grid of θ1 and θ2, every cell judged by backtest. */
final class ThresholdGrid {
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
    CellChoice choice = new CellChoice(figures, width, policy.riskPassRate());
    OptionalInt best = choice.best();
    if (best.isEmpty()) {
      Thresholds initial = policy.initialThresholds();
      return new ThresholdChoice(
          initial, choice.reachable(), passRate(backtest.quick(initial, periods)));
    }
    return new ThresholdChoice(
        cells.get(best.getAsInt()), choice.reachable(), passRate(figures.get(best.getAsInt())));
  }

  private static double passRate(BacktestMetrics figures) {
    Double refused = figures.noTradeRate();
    return refused == null ? 0 : 1 - refused;
  }
}
