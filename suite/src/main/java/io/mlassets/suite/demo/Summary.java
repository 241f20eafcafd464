package io.mlassets.suite.demo;

import io.mlassets.suite.console.Table;
import io.mlassets.suite.demo.DemoReport.BacktestFigures;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report as a person likes to read it. */
final class Summary {
  private static final int NAMED_PAIRS = 4;

  private Summary() {}

  static String of(DemoReport report) {
    Table table = new Table();
    table.row("Verdict", verdict(report));
    report.reasons().forEach(reason -> table.row("", "· " + reason));
    table.gap();
    table.row("Pairs", pairs(report));
    table.row("Bars", String.format(Locale.ROOT, "%,d", report.bars()));
    table.row("Model", report.modelVersion());
    report.models().forEach((type, model) -> table.row("  " + type, model(model)));
    table.row(
        "Thresholds",
        "enter when return_prob > %s and risk_score < %s"
            .formatted(
                figure(report.thresholds().theta1(), 2), figure(report.thresholds().theta2(), 2)));
    table.row("Backtest", backtest(report.backtest()));
    table.gap();
    table.row(
        "Signals",
        "%d enter, %d exit, %d hold; %d published, %d received, %d blocked"
            .formatted(
                report.signals().enter(),
                report.signals().exit(),
                report.signals().hold(),
                report.signals().published(),
                report.signals().received(),
                report.signals().blocked()));
    table.row(
        "Fills", "%d reported, %d trades booked".formatted(report.fills(), report.liveTrades()));
    table.row("Latency", latency(report.latencyMs()));
    table.row(
        "Time",
        "load %s s, train %s s, replay %s s, in all %s s"
            .formatted(
                figure(report.durationS().load(), 1),
                figure(report.durationS().train(), 1),
                figure(report.durationS().replay(), 1),
                figure(report.durationS().total(), 1)));
    return table.toString();
  }

  private static String verdict(DemoReport report) {
    return report.verdict().toUpperCase(Locale.ROOT)
        + (report.mode().equals("live")
            ? ": the models trade live (on paper)"
            : ": nothing was worth adopting, so the replay ran in shadow mode");
  }

  private static String pairs(DemoReport report) {
    String named = report.pairs().stream().limit(NAMED_PAIRS).collect(Collectors.joining(", "));
    int more = report.pairs().size() - NAMED_PAIRS;
    return "%d: %s%s"
        .formatted(report.pairs().size(), named, more > 0 ? " and " + more + " more" : "");
  }

  private static String model(ModelFigures model) {
    return switch (model) {
      case ModelFigures.OfClassifier of ->
          "%s, AUC %s ± %s, Brier %s (base rate %s: %s)"
              .formatted(
                  of.engine(),
                  figure(of.auc(), 4),
                  figure(of.aucSe(), 4),
                  figure(of.brier(), 4),
                  figure(of.baseRate(), 3),
                  figure(of.baseBrier(), 4));
      case ModelFigures.OfRegression of ->
          "%s, RMSE %s (mean alone %s)"
              .formatted(of.engine(), figure(of.rmse(), 4), figure(of.baseRmse(), 4));
    };
  }

  private static String backtest(BacktestFigures backtest) {
    if (backtest.trades() == 0) {
      return "no trades out of fold";
    }
    return "Sharpe %s (95 %%: %s to %s, t %s), %d trades, win rate %s, mean %s bp, drawdown %s %%, no-trade rate %s"
        .formatted(
            figure(backtest.sharpe(), 2),
            figure(backtest.sharpeLow(), 2),
            figure(backtest.sharpeHigh(), 2),
            figure(backtest.tStat(), 2),
            backtest.trades(),
            figure(backtest.winRate(), 3),
            backtest.meanPnl() == null ? "-" : figure(backtest.meanPnl() * 1e4, 2),
            figure(backtest.maxDrawdown() * 100, 2),
            figure(backtest.noTradeRate(), 2));
  }

  private static String latency(@Nullable Latencies latency) {
    return latency == null
        ? "nothing to measure"
        : "p50 %s ms, p99 %s ms, max %s ms from bar in to signal received"
            .formatted(
                figure(latency.p50(), 1), figure(latency.p99(), 1), figure(latency.max(), 1));
  }

  private static String figure(@Nullable Double value, int decimals) {
    return value == null ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
