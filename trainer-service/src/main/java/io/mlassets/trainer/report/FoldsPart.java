package io.mlassets.trainer.report;

import io.mlassets.trainer.dataset.Sample;
import io.mlassets.trainer.validation.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** When each fold trained and was judged, and what lay between. */
final class FoldsPart {
  private FoldsPart() {}

  static String html(ReportData data) {
    List<Fold> folds = data.candidate().folds();
    Axis x = Axis.ofTime(data.candidate().period().from(), data.candidate().period().to());
    Axis y = new Axis(0, folds.size(), "folds, the first on top", List.of(), v -> "");
    Chart chart = Chart.wide("Folds over time", x, y, 60 + 34 * folds.size());
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < folds.size(); i++) {
      rows.add(draw(chart, x, folds.size() - i - 1, folds.get(i), data.set().samples()));
    }
    return Text.section(
        "Folds",
        "Each fold is judged on a stretch of time its models were not trained on. Rows whose labels"
            + " reach into it are purged, and an embargo follows it. Stretches too short to see are"
            + " drawn two points wide.",
        chart.svg(
            List.of(
                new Chart.Legend("c1", "train"),
                new Chart.Legend("c2", "judged"),
                new Chart.Legend("bad", "purged"),
                new Chart.Legend("warn", "embargo"))),
        Text.table(
            List.of("fold", "judged from", "to", "trained on", "judged on", "purged", "embargoed"),
            rows));
  }

  private static List<String> draw(Chart chart, Axis x, int at, Fold fold, List<Sample> samples) {
    double from = second(samples.get(fold.test()[0]));
    int last = fold.test()[fold.test().length - 1];
    double to = second(samples.get(last));
    double labelEnd =
        Arrays.stream(fold.test())
            .mapToLong(i -> samples.get(i).label().labelEndTs().getEpochSecond())
            .max()
            .orElseThrow();
    boolean[] used = new boolean[samples.size()];
    Arrays.stream(fold.train()).forEach(i -> used[i] = true);
    Arrays.stream(fold.test()).forEach(i -> used[i] = true);
    int[] left = IntStream.range(0, used.length).filter(i -> !used[i]).toArray();
    double[] before = times(left, samples, 0, from);
    double[] after = times(left, samples, to, labelEnd);
    double[] embargo = times(left, samples, labelEnd, Double.MAX_VALUE);
    chart.box(x.low(), at + 0.15, x.high(), at + 0.85, "c1", 0.35);
    box(chart, embargo, at, "warn");
    box(chart, after, at, "bad");
    box(chart, before, at, "bad");
    chart.box(from, at + 0.15, to, at + 0.85, "c2", 1);
    return List.of(
        String.valueOf(fold.number() + 1),
        Text.minute(samples.get(fold.test()[0]).label().ts()),
        Text.minute(samples.get(last).label().ts()),
        Text.count(fold.train().length) + " rows",
        Text.count(fold.test().length) + " rows",
        Text.count(before.length + (long) after.length),
        Text.count(embargo.length));
  }

  private static void box(Chart chart, double[] times, int at, String style) {
    if (times.length > 0) {
      chart.box(times[0], at + 0.15, times[times.length - 1], at + 0.85, style, 1);
    }
  }

  private static double[] times(int[] rows, List<Sample> samples, double from, double before) {
    return Arrays.stream(rows)
        .mapToDouble(i -> second(samples.get(i)))
        .filter(time -> time >= from && time < before)
        .toArray();
  }

  private static double second(Sample sample) {
    return sample.label().ts().getEpochSecond();
  }
}
