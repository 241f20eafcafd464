package io.mlassets.trainer.report;

import io.mlassets.model.ModelType;
import io.mlassets.trainer.importance.FeatureImportance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the models go by. */
final class ImportancePart {
  private static final int SHOWN = 12;

  /** The axis ends there at least, so that noise around nothing does not look like something. */
  private static final double SMALLEST = 1e-4;

  private ImportancePart() {}

  static String html(ReportData data) {
    List<String> charts = new ArrayList<>();
    for (ModelType type : ModelType.values()) {
      List<FeatureImportance> top =
          data.candidate().importances().stream()
              .filter(importance -> importance.model() == type)
              .sorted(Comparator.comparingDouble(FeatureImportance::lossIncrease).reversed())
              .limit(SHOWN)
              .toList();
      charts.add(chart(type, top));
    }
    return Text.section(
        "What the models go by",
        "How much worse each model predicts times it was not trained on when one input is shuffled,"
            + " with the standard error over folds. Bars that do not clear their error may be"
            + " noise.",
        Text.charts(charts));
  }

  private static String chart(ModelType type, List<FeatureImportance> top) {
    double low = 0;
    double high = SMALLEST;
    for (FeatureImportance of : top) {
      low = Math.min(low, of.lossIncrease() - of.standardError());
      high = Math.max(high, of.lossIncrease() + of.standardError());
    }
    // Names stand in the plot, above their bars.
    Axis y = new Axis(0, Math.max(1, top.size()), "the " + SHOWN + " largest", List.of(), v -> "");
    Chart chart =
        Chart.half(
            type + ": rise of the loss",
            Axis.of(type == ModelType.AI3 ? "squared error" : "log loss", low, high),
            y,
            460);
    for (int i = 0; i < top.size(); i++) {
      FeatureImportance of = top.get(i);
      double at = top.size() - i - 0.72;
      chart
          .box(
              Math.min(0, of.lossIncrease()),
              at - 0.14,
              Math.max(0, of.lossIncrease()),
              at + 0.14,
              of.lossIncrease() > 0 ? "c1" : "soft",
              0.85)
          .segment(
              of.lossIncrease() - of.standardError(),
              at,
              of.lossIncrease() + of.standardError(),
              at,
              "fg thin")
          .note(low, at + 0.4, of.feature() + " · gain " + Text.percent(of.gain(), 0), "name");
    }
    return chart.svg(
        List.of(
            new Chart.Legend("c1", "shuffled out of fold"),
            new Chart.Legend("fg", "± standard error")));
  }
}
