package io.mlassets.trainer.report;

import io.mlassets.decision.Thresholds;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.RiskRates;
import io.mlassets.trainer.theta.ThetaSurface;
import io.mlassets.trainer.theta.ThetaSurface.Cell;
import io.mlassets.trainer.theta.ThresholdChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The Sharpe ratio over both thresholds, and the cell taken. */
final class ThetaPart {
  private ThetaPart() {}

  static String html(ReportData data) {
    Candidate candidate = data.candidate();
    RiskRates risk = RiskRates.of(candidate);
    ThetaSurface surface = candidate.surface();
    List<Cell> grid = surface.cells().subList(0, surface.gridCells());
    Thresholds live = candidate.thresholds().live().thresholds();
    List<List<String>> rows = new ArrayList<>();
    List<ThresholdChoice> perFold = candidate.thresholds().perFold();
    for (int fold = 0; fold < perFold.size(); fold++) {
      rows.add(row("judged on fold " + (fold + 1), perFold.get(fold)));
    }
    rows.add(row("for live use", candidate.thresholds().live()));
    return Text.section(
        "Thresholds",
        ("Enter when the chance of return is above θ1 = %s and the risk score below θ2 = %s. A"
                + " plateau is to be trusted, a lone peak is not. Judged out of fold, %s of the"
                + " candidate entries pass θ2 and %s are flagged; of the entries AI1 wanted, AI2"
                + " refused %s.")
            .formatted(
                Text.number(live.theta1(), 4),
                Text.number(live.theta2(), 4),
                Text.percent(risk.passRate(), 1),
                Text.percent(risk.flagRate(), 1),
                Text.percent(risk.noTradeRate(), 1)),
        Text.charts(
            List.of(
                map("Sharpe ratio by thresholds", surface, grid, live, ThetaPart::sharpe),
                map(
                    "The same, smoothed: what the choice goes by",
                    surface,
                    grid,
                    live,
                    Cell::smoothed))),
        Text.table(List.of("thresholds", "θ1", "θ2", "pass θ2 where chosen"), rows));
  }

  private static double sharpe(Cell cell) {
    Double sharpe = cell.sharpe();
    return sharpe == null ? Double.NaN : sharpe;
  }

  private static List<String> row(String name, ThresholdChoice choice) {
    return List.of(
        name,
        Text.number(choice.thresholds().theta1(), 4),
        Text.number(choice.thresholds().theta2(), 4),
        Text.percent(choice.passRate(), 1)
            + (choice.passRateReachable() ? "" : ", none is as the policy wants"));
  }

  private static String map(
      String title,
      ThetaSurface surface,
      List<Cell> grid,
      Thresholds live,
      ToDoubleFunction<Cell> worth) {
    double[] one = values(grid, cell -> cell.thresholds().theta1());
    double[] two = values(grid, cell -> cell.thresholds().theta2());
    double stepOne = step(one);
    double stepTwo = step(two);
    double[] worths = grid.stream().mapToDouble(worth).filter(Double::isFinite).sorted().toArray();
    double worst = worths.length == 0 ? 0 : worths[0];
    double best = worths.length == 0 ? 0 : worths[worths.length - 1];
    double most = Math.max(1e-9, Math.max(Math.abs(worst), Math.abs(best)));
    // Where all cells earn or all lose, shades tell them apart from the least of them on.
    double least = worst * best > 0 ? Math.min(Math.abs(worst), Math.abs(best)) : 0;
    Chart chart =
        Chart.half(
            title,
            Axis.of("θ1", one[0] - stepOne / 2, one[one.length - 1] + stepOne / 2),
            Axis.of("θ2", two[0] - stepTwo / 2, two[two.length - 1] + stepTwo / 2),
            360);
    for (Cell cell : grid) {
      double value = worth.applyAsDouble(cell);
      if (Double.isFinite(value) && value != 0) {
        double x = cell.thresholds().theta1();
        double y = cell.thresholds().theta2();
        chart.box(
            x - stepOne / 2,
            y - stepTwo / 2,
            x + stepOne / 2,
            y + stepTwo / 2,
            value > 0 ? "c1" : "bad",
            0.1 + 0.9 * (Math.abs(value) - least) / Math.max(1e-9, most - least));
      }
    }
    surface.cells().stream()
        .skip(surface.gridCells())
        .forEach(
            cell -> chart.dot(cell.thresholds().theta1(), cell.thresholds().theta2(), 1.5, "fg"));
    return chart
        .dot(live.theta1(), live.theta2(), 8, "ring fg")
        .dot(live.theta1(), live.theta2(), 4, "ring c2")
        .svg(
            List.of(
                new Chart.Legend("c1", "earns, at most " + Text.number(Math.max(0, best), 2)),
                new Chart.Legend("bad", "loses, at worst " + Text.number(Math.min(0, worst), 2)),
                new Chart.Legend("c2", "taken for live use"),
                new Chart.Legend("fg", "refinements; empty: no trades")));
  }

  private static double[] values(List<Cell> grid, ToDoubleFunction<Cell> of) {
    return grid.stream().mapToDouble(of).distinct().sorted().toArray();
  }

  private static double step(double[] values) {
    return values.length > 1 ? (values[values.length - 1] - values[0]) / (values.length - 1) : 0.02;
  }
}
