package io.mlassets.trainer.report;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.BacktestTrade;
import io.mlassets.backtest.PnlSeries;
import io.mlassets.backtest.TradeSummary;
import io.mlassets.trainer.pipeline.Candidate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the thresholds would have earned: curves, costs, pairs, years. */
final class MoneyPart {
  private static final int YEARS_FROM_MONTHS = 2;
  private static final DateTimeFormatter ENTRY_YEAR = utc("yyyy");
  private static final DateTimeFormatter ENTRY_MONTH = utc("yyyy-MM");
  private static final List<String> HEAD =
      List.of("", "trades", "won", "before costs", "costs", "after costs", "per trade");

  private MoneyPart() {}

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  static String html(ReportData data) {
    Candidate candidate = data.candidate();
    Curve once = Curve.of(candidate.backtest().series());
    Curve twice = Curve.of(candidate.doubleCostSeries());
    List<BacktestTrade> trades = candidate.backtest().trades();
    boolean months = data.bundle().manifest().overfitting().recordYears() < YEARS_FROM_MONTHS;
    return Text.section(
        "Money",
        "Profit after costs (spread, commission, slippage, swap) in per cent of one full position,"
            + " summed over pairs; thresholds chosen outside the time they are judged on.",
        Text.charts(List.of(equity(candidate, once, twice), drawdown(candidate, once))),
        costs(candidate),
        "<h3>By pair</h3>",
        table("pair", trades, trade -> trade.pair().display()),
        "<h3>By year of entry</h3>",
        table("year", trades, trade -> ENTRY_YEAR.format(trade.entryTs())),
        months
            ? "<h3>By month of entry</h3>"
                + table("month", trades, trade -> ENTRY_MONTH.format(trade.entryTs()))
            : "");
  }

  private static Axis time(Candidate candidate) {
    return Axis.ofTime(candidate.period().from(), candidate.period().to());
  }

  private static String equity(Candidate candidate, Curve once, Curve twice) {
    Axis y =
        Axis.ofShares(
            "profit, of one full position",
            Math.min(once.lowest(), twice.lowest()),
            Math.max(once.highest(), twice.highest()));
    Axis x = time(candidate);
    return new Chart("Equity", x, y)
        .segment(x.low(), 0, x.high(), 0, "soft thin")
        .line(twice.times(), twice.equity(), "c2 thin")
        .line(once.times(), once.equity(), "c1")
        .svg(List.of(new Chart.Legend("c1", "after costs"), new Chart.Legend("c2", "costs twice")));
  }

  private static String drawdown(Candidate candidate, Curve once) {
    Axis y = Axis.ofShares("fall from the peak, of one full position", once.deepest(), 0);
    return new Chart("Drawdown", time(candidate), y)
        .area(once.times(), once.drawdown(), 0, "bad")
        .line(once.times(), once.drawdown(), "bad thin")
        .svg(List.of(new Chart.Legend("bad", "after costs")));
  }

  private static String costs(Candidate candidate) {
    return Text.table(
        List.of("", "Sharpe", "profit", "per trade", "won", "largest fall", "trades"),
        List.of(
            costRow(
                "costs as they are", candidate.backtest().metrics(), candidate.backtest().series()),
            costRow("costs twice", candidate.doubleCosts(), candidate.doubleCostSeries())));
  }

  private static List<String> costRow(String name, BacktestMetrics metrics, PnlSeries series) {
    double profit = 0;
    for (double pnl : series.copy()) {
      profit += pnl;
    }
    return List.of(
        name,
        Text.number(metrics.sharpe(), 2),
        Text.percent(profit, 2),
        Text.percent(metrics.meanPnl(), 4),
        Text.percent(metrics.winRate(), 1),
        Text.percent(metrics.maxDrawdown(), 2),
        Text.count(metrics.trades()));
  }

  private static String table(
      String name, List<BacktestTrade> trades, Function<BacktestTrade, String> key) {
    List<List<String>> rows = new ArrayList<>();
    TradeSummary.by(trades, key).forEach(group -> rows.add(row(group)));
    rows.add(row(TradeSummary.of("all", trades)));
    List<String> head = new ArrayList<>(HEAD);
    Collections.replaceAll(head, "", name);
    return Text.table(head, rows);
  }

  private static List<String> row(TradeSummary group) {
    return List.of(
        group.of(),
        Text.count(group.trades()),
        Text.percent(group.winRate(), 1),
        Text.percent(group.grossPnl(), 2),
        Text.percent(group.cost(), 2),
        Text.percent(group.netPnl(), 2),
        Text.percent(group.meanPnl(), 4));
  }
}
