package io.mlassets.trainer.theta;

import io.mlassets.backtest.CellFigures;
import io.mlassets.decision.Thresholds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Sharpe ratio over θ1 and θ2, all folds, out of fold.
 *
 * @param cells the grid's cells in its order, θ1 outer, then the refinements
 * @param gridCells how many of them are the grid's
 */
public record ThetaSurface(List<Cell> cells, int gridCells) {

  /** Copies the list. */
  public ThetaSurface {
    cells = List.copyOf(cells);
  }

  /**
   * One cell.
   *
   * @param thresholds where
   * @param sharpe annualised, after costs; null without trades
   * @param smoothed the surface without noise there, annualised
   * @param trades number of trades
   * @param passRate share of candidates with {@code risk_score < θ2}; null without candidates
   */
  public record Cell(
      Thresholds thresholds,
      @Nullable Double sharpe,
      double smoothed,
      int trades,
      @Nullable Double passRate) {}

  static ThetaSurface of(Refinement.Refined refined, int gridCells) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < refined.cells().size(); i++) {
      CellFigures figures = refined.figures().get(i);
      cells.add(
          new Cell(
              refined.cells().get(i).thresholds(),
              figures.sharpe(),
              refined.smoothed()[i],
              figures.trades(),
              figures.passRate()));
    }
    return new ThetaSurface(cells, gridCells);
  }
}
