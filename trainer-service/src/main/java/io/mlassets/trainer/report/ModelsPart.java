package io.mlassets.trainer.report;

import io.mlassets.model.ClassificationMetrics;
import io.mlassets.model.ModelEntry;
import io.mlassets.model.ModelType;
import io.mlassets.model.Reliability;
import io.mlassets.model.Rmse;
import io.mlassets.trainer.pipeline.OutOfFold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How well the models predict: metrics, reliability, ROC. */
final class ModelsPart {
  private static final int BINS = 10;
  private static final double Z = 1.96;

  private ModelsPart() {}

  /** One classifier's out-of-fold probabilities and labels. */
  private record Said(ModelType type, String what, double[] said, double[] were) {}

  static String html(ReportData data) {
    List<OutOfFold> rows = data.candidate().outOfFold();
    int[] folds = rows.stream().mapToInt(OutOfFold::fold).toArray();
    double unique = Arrays.stream(data.set().uniqueness()).average().orElse(1);
    List<Said> classifiers =
        List.of(
            new Said(
                ModelType.AI1,
                "the divergence closes",
                values(rows, row -> row.scores().returnProb()),
                values(rows, row -> row.sample().label().reverted() ? 1 : 0)),
            new Said(
                ModelType.AI2,
                "a risk event comes",
                values(rows, row -> row.scores().riskScore()),
                values(rows, row -> row.sample().label().risky() ? 1 : 0)));
    List<String> charts = new ArrayList<>();
    for (Said model : classifiers) {
      charts.add(reliability(model, unique));
      charts.add(roc(model, folds));
    }
    return Text.section(
        "Predictions",
        "AI1 says how likely the divergence is to close, AI2 how likely a risk event is, AI3 what"
            + " size keeps risk in budget. A good AUC alone earns nothing.",
        table(data),
        Text.charts(charts));
  }

  private static double[] values(List<OutOfFold> rows, ToDoubleFunction<OutOfFold> of) {
    return rows.stream().mapToDouble(of).toArray();
  }

  private static String table(ReportData data) {
    List<List<String>> rows = new ArrayList<>();
    data.bundle().manifest().models().forEach((type, entry) -> rows.add(row(type, entry)));
    return Text.table(
        List.of(
            "model",
            "engine",
            "calibration",
            "AUC within folds",
            "Brier (base rate)",
            "log loss",
            "calibration error",
            "RMSE (mean)",
            "trials"),
        rows);
  }

  private static List<String> row(ModelType type, ModelEntry entry) {
    String engine = entry.engine().name().toLowerCase(Locale.ROOT);
    String curve = entry.calibration().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    String trials = Text.count(entry.trials());
    return switch (entry.metrics()) {
      case ClassificationMetrics of ->
          List.of(
              type.name(),
              engine,
              curve,
              Text.number(of.aucWithinFolds(), 3) + " ± " + Text.number(of.aucStandardError(), 3),
              Text.number(of.brier(), 4) + " (" + Text.number(of.baseBrier(), 4) + ")",
              Text.number(of.logLoss(), 4),
              Text.number(of.ece(), 3),
              "–",
              trials);
      case Rmse of ->
          List.of(
              type.name(),
              engine,
              curve,
              "–",
              "–",
              "–",
              "–",
              Text.number(of.rmse(), 4) + " (" + Text.number(of.baseRmse(), 4) + ")",
              trials);
    };
  }

  private static String reliability(Said model, double unique) {
    Reliability diagram = Reliability.ofMass(model.said(), model.were(), BINS);
    double low = 1;
    double high = 0;
    for (Reliability.Bin bin : diagram.bins()) {
      Reliability.Interval interval = bin.wilson(bin.rows() * unique, Z);
      low = Math.min(low, Math.min(bin.mean(), interval.low()));
      high = Math.max(high, Math.max(bin.mean(), interval.high()));
    }
    double from = Math.max(0, low - 0.02);
    double to = Math.min(1, high + 0.02);
    Chart chart =
        new Chart(
                "%s: reliability".formatted(model.type()),
                Axis.ofShares("probability said that " + model.what(), from, to),
                Axis.ofShares("share in which it did", from, to))
            .segment(from, from, to, to, "soft dash");
    for (Reliability.Bin bin : diagram.bins()) {
      Reliability.Interval interval = bin.wilson(bin.rows() * unique, Z);
      chart
          .segment(bin.mean(), interval.low(), bin.mean(), interval.high(), "c1")
          .dot(bin.mean(), bin.rate(), 3.5, "c1");
    }
    return chart.svg(
        List.of(
            new Chart.Legend("c1", "a tenth of the rows, 95 % interval"),
            new Chart.Legend("soft", "as said")));
  }

  private static String roc(Said model, int[] folds) {
    Chart chart =
        new Chart(
                "%s: ROC, fold by fold".formatted(model.type()),
                Axis.ofShares("false alarms", 0, 1),
                Axis.ofShares("hits", 0, 1))
            .segment(0, 0, 1, 1, "soft dash");
    int count = Arrays.stream(folds).max().orElse(0) + 1;
    for (int fold = 0; fold < count; fold++) {
      int current = fold;
      double[] said = within(model.said(), folds, current);
      double[] were = within(model.were(), folds, current);
      double ones = Arrays.stream(were).sum();
      if (ones > 0 && ones < were.length) {
        Roc roc = Roc.of(said, were);
        chart.line(roc.falsePositives(), roc.truePositives(), "thin c" + (1 + fold % 4));
      }
    }
    return chart.svg(
        List.of(
            new Chart.Legend("c1", "a line a fold"), new Chart.Legend("soft", "knows nothing")));
  }

  private static double[] within(double[] values, int[] folds, int fold) {
    return java.util.stream.IntStream.range(0, values.length)
        .filter(i -> folds[i] == fold)
        .mapToDouble(i -> values[i])
        .toArray();
  }
}
