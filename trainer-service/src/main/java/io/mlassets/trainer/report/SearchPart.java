package io.mlassets.trainer.report;

import io.mlassets.model.ModelType;
import io.mlassets.trainer.pipeline.SearchHistory;
import io.mlassets.trainer.search.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Every trial of every engine. */
final class SearchPart {
  private SearchPart() {}

  static String html(ReportData data) {
    List<SearchHistory> searches = data.candidate().searches();
    List<String> charts = new ArrayList<>();
    for (ModelType type : ModelType.values()) {
      charts.add(chart(type, searches.stream().filter(s -> s.model() == type).toList()));
    }
    long pruned = searches.stream().flatMap(s -> s.trials().stream()).filter(Trial::pruned).count();
    return Text.section(
        "Search",
        "Out-of-fold loss of every trial and the best so far. %s trials in all, %s given up early; each counts against luck."
            .formatted(
                Text.count(searches.stream().mapToInt(s -> s.trials().size()).sum()),
                Text.count(pruned)),
        Text.charts(charts));
  }

  private static String chart(ModelType type, List<SearchHistory> searches) {
    double[] finished =
        searches.stream()
            .flatMap(search -> search.trials().stream())
            .filter(trial -> !trial.pruned())
            .mapToDouble(Trial::value)
            .sorted()
            .toArray();
    double best = finished[0];
    // A few hopeless trials must not press all others flat: they are drawn at the upper edge.
    double high = finished[(int) (0.9 * (finished.length - 1))];
    double room = Math.max(1e-6, (high - best) * 0.15);
    int most = searches.stream().mapToInt(search -> search.trials().size()).max().orElse(1);
    Axis y =
        Axis.of(type == ModelType.AI3 ? "squared error" : "log loss", best - room, high + room);
    Chart chart = new Chart(type + ": trials", Axis.of("trial", 0, Math.max(1, most)), y);
    List<Chart.Legend> legend = new ArrayList<>();
    for (SearchHistory search : searches) {
      String style = search.engine().ordinal() == 0 ? "c1" : "c2";
      draw(chart, search, style);
      legend.add(new Chart.Legend(style, search.engine().name().toLowerCase(Locale.ROOT)));
    }
    legend.add(new Chart.Legend("soft", "hollow: given up early; ring: taken"));
    return chart.svg(legend);
  }

  private static void draw(Chart chart, SearchHistory search, String style) {
    List<Trial> trials = search.trials();
    double[] xs = new double[trials.size()];
    double[] best = new double[trials.size()];
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < best.length; i++) {
      Trial trial = trials.get(i);
      least = trial.pruned() ? least : Math.min(least, trial.value());
      xs[i] = trial.number() + 1;
      best[i] = least;
      chart.dot(xs[i], trial.value(), 2.5, (trial.pruned() ? "hollow " : "") + style);
      if (trial.number() == search.best()) {
        chart.dot(xs[i], trial.value(), 6, "ring " + style);
      }
    }
    int from = 0;
    while (from < best.length - 1 && Double.isInfinite(best[from])) {
      from++;
    }
    chart.line(
        Arrays.copyOfRange(xs, from, xs.length),
        Arrays.copyOfRange(best, from, best.length),
        "thin " + style);
  }
}
