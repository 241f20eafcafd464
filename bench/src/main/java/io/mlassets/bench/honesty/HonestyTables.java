package io.mlassets.bench.honesty;

import io.mlassets.bench.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures as people read them. */
final class HonestyTables {
  private HonestyTables() {}

  static List<Table> of(HonestyFigures figures) {
    return List.of(
        adoptions(figures), refusals(figures.noEdge()), power(figures.power()), rest(figures));
  }

  private static Table adoptions(HonestyFigures figures) {
    Table table =
        new Table(
            "markets without an edge (Sharpe ratios annual, after costs)",
            "kind, trials per search",
            "markets",
            "traded",
            "adopted",
            "may be",
            "trades",
            "Sharpe out of fold",
            "truth: every candidate",
            "truth: best simple rule");
    for (NoEdge kind : figures.noEdge()) {
      table.row(
          kind.name(),
          kind.results().size(),
          kind.traded(),
          kind.adopted(),
          kind.mayBe(),
          kind.meanTrades(),
          sharpe(kind.outOfFold()),
          sharpe(kind.truth().every()),
          sharpe(kind.truth().best()));
    }
    int mayBe = (int) (NoEdge.SHARE * figures.traded().markets());
    return table.row(
        "all",
        figures.all().markets(),
        figures.traded().markets(),
        figures.all().adopted(),
        mayBe,
        "",
        "",
        "",
        "");
  }

  private static String sharpe(@Nullable Estimate estimate) {
    return estimate == null ? "none" : estimate.text(2);
  }

  private static Table refusals(List<NoEdge> kinds) {
    List<String> header = new ArrayList<>(List.of("refused by"));
    kinds.forEach(kind -> header.add(kind.name()));
    Table table = new Table("which rules refused", header.toArray(String[]::new));
    Map<String, List<Object>> rows = new TreeMap<>();
    for (NoEdge kind : kinds) {
      kind.refusals().keySet().forEach(rule -> rows.putIfAbsent(rule, new ArrayList<>()));
    }
    rows.forEach(
        (rule, row) -> {
          row.add(rule);
          kinds.forEach(kind -> row.add(kind.refusals().getOrDefault(rule, 0)));
          table.row(row.toArray());
        });
    List<Object> one = new ArrayList<>(List.of("one rule alone"));
    kinds.forEach(kind -> one.add(kind.refusedByOne()));
    return table.row(one.toArray());
  }

  private static Table power(List<Power> points) {
    Table table =
        new Table(
            "planted edge",
            "years",
            "markets",
            "adopted",
            "measured",
            "theory",
            "trials",
            "worth",
            "Sharpe out of fold");
    for (Power point : points) {
      table.row(
          "%.0f".formatted(point.years()),
          point.markets(),
          point.adopted(),
          percent(point.share()),
          percent(point.predicted()),
          Math.round(point.trials()),
          Math.round(point.effectiveTrials()),
          point.meanSharpe().text(2));
    }
    return table;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static Table rest(HonestyFigures figures) {
    Table table =
        new Table("beside", "what", "found")
            .row("planted Sharpe, every candidate", figures.plantedTruth().every().text(3))
            .row("years asked for that", years(figures.yearsForTheEdge()))
            .row(
                "years asked for the pipeline's %s"
                    .formatted(figures.claimed().meanSharpe().text(2)),
                years(figures.yearsForThePipeline()))
            .row("years used", years(figures.claimed().years()))
            .row("shuffled labels, AUC of AI1 within folds", figures.shuffledReturn().text(4))
            .row("shuffled labels, AUC of AI2 within folds", figures.shuffledRisk().text(4));
    figures
        .leakRefused()
        .forEach(
            (leak, refused) ->
                table.row(
                    "planted leak: " + leak.wire().replace('_', ' '),
                    refused ? "named and refused" : "NOT refused"));
    return table
        .row("honest features suspected, markets", figures.suspected())
        .row("seconds", "%.0f".formatted(figures.seconds()));
  }

  private static String years(double years) {
    return String.format(Locale.ROOT, "%.1f", years);
  }
}
