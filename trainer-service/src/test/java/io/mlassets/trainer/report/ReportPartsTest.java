package io.mlassets.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.backtest.BacktestTrade;
import io.mlassets.decision.Thresholds;
import io.mlassets.policy.ThetaSearch;
import io.mlassets.trainer.dataset.Sample;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.RiskRates;
import io.mlassets.trainer.validation.Fold;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the drawings and tables say, read back from the page. */
@Tag("T-14")
class ReportPartsTest {
  private static final ReportData DATA = SampleRun.data();
  private static final Candidate CANDIDATE = DATA.candidate();
  private static final List<BacktestTrade> TRADES = CANDIDATE.backtest().trades();

  @Test
  void the_equity_curve_ends_at_the_sum_of_the_trades() {
    double once = TRADES.stream().mapToDouble(BacktestTrade::netPnl).sum();
    double twice = once - TRADES.stream().mapToDouble(BacktestTrade::cost).sum();
    double low = 0;
    double high = 0;
    double[] sums = new double[2];
    for (int i = 0; i < CANDIDATE.backtest().series().size(); i++) {
      sums[0] += CANDIDATE.backtest().series().pnl(i);
      sums[1] += CANDIDATE.doubleCostSeries().pnl(i);
      low = Math.min(low, Math.min(sums[0], sums[1]));
      high = Math.max(high, Math.max(sums[0], sums[1]));
    }
    String html = MoneyPart.html(DATA);
    Drawing equity = Drawing.of(html, "Equity", time(), Axis.of("", low, high));
    assertThat(TRADES).isNotEmpty();
    assertThat(equity.lastOfLine("c1").y()).isCloseTo(once, within(equity.exactY()));
    assertThat(equity.lastOfLine("c2 thin").y()).isCloseTo(twice, within(equity.exactY()));
    assertThat(html).contains("<td>" + Text.percent(once, 2) + "</td>");
  }

  @Test
  void money_is_told_by_pair_by_year_and_for_a_short_record_by_month() {
    String html = MoneyPart.html(DATA);
    assertThat(html).contains("<td>XAU/USD vs XAG/USD</td>");
    assertThat(DATA.bundle().manifest().overfitting().recordYears()).isGreaterThan(2);
    assertThat(html).contains("By year of entry").doesNotContain("By month of entry");
    TRADES.stream()
        .map(trade -> trade.entryTs().atOffset(ZoneOffset.UTC).getYear())
        .distinct()
        .forEach(
            year -> {
              List<BacktestTrade> of =
                  TRADES.stream()
                      .filter(t -> t.entryTs().atOffset(ZoneOffset.UTC).getYear() == year)
                      .toList();
              double net = of.stream().mapToDouble(BacktestTrade::netPnl).sum();
              assertThat(row(html, String.valueOf(year)))
                  .contains("<td>" + of.size() + "</td>", "<td>" + Text.percent(net, 2) + "</td>");
            });
  }

  private static String row(String html, String first) {
    int from = html.indexOf("<tr><td>" + first + "</td>");
    return html.substring(from, html.indexOf("</tr>", from));
  }

  @Test
  @Tag("R-04")
  void the_heat_maps_mark_the_cell_taken_and_the_refinements() {
    ThetaSearch search = SampleRun.POLICY.thetaSearch();
    double half = search.step() / 2;
    Axis x = Axis.of("", search.theta1().low() - half, search.theta1().high() + half);
    Axis y = Axis.of("", search.theta2().low() - half, search.theta2().high() + half);
    Thresholds live = CANDIDATE.thresholds().live().thresholds();
    String html = ThetaPart.html(DATA);
    for (String title :
        List.of("Sharpe ratio by thresholds", "The same, smoothed: what the choice goes by")) {
      Drawing map = Drawing.of(html, title, x, y);
      assertThat(map.dots("ring c2"))
          .singleElement()
          .satisfies(
              dot -> {
                assertThat(dot.x()).isCloseTo(live.theta1(), within(map.exactX()));
                assertThat(dot.y()).isCloseTo(live.theta2(), within(map.exactY()));
              });
      assertThat(map.dots("fg")).hasSize(search.refinements());
      assertThat(map.boxes("(?:c1|bad)")).hasSizeBetween(1, search.grid().size());
    }
  }

  @Test
  @Tag("E-02")
  @Tag("V-04")
  void the_rates_of_ai2_are_told() {
    RiskRates rates = RiskRates.of(CANDIDATE);
    long flagged =
        CANDIDATE.outOfFold().stream()
            .filter(
                row ->
                    row.scores().riskScore()
                        >= CANDIDATE.thresholds().perFold().get(row.fold()).thresholds().theta2())
            .count();
    assertThat(rates.flagRate()).isEqualTo((double) flagged / CANDIDATE.outOfFold().size());
    assertThat(rates.passRate()).isCloseTo(1 - rates.flagRate(), within(1e-15));
    assertThat(ThetaPart.html(DATA))
        .contains(
            Text.percent(rates.passRate(), 1) + " of the candidate entries pass",
            Text.percent(rates.flagRate(), 1) + " are flagged",
            "AI2 refused " + Text.percent(rates.noTradeRate(), 1));
  }

  @Test
  @Tag("T-03")
  void the_fold_timeline_draws_purge_and_embargo_where_they_are() {
    List<Fold> folds = CANDIDATE.folds();
    List<Sample> samples = DATA.set().samples();
    Axis rows = Axis.of("", 0, folds.size());
    Drawing timeline = Drawing.of(FoldsPart.html(DATA), "Folds over time", time(), rows);
    for (Fold fold : folds) {
      Instant from = samples.get(fold.test()[0]).label().ts();
      Instant end =
          Arrays.stream(fold.test())
              .mapToObj(i -> samples.get(i).label().labelEndTs())
              .max(Comparator.naturalOrder())
              .orElseThrow();
      Duration whole =
          Duration.between(samples.getFirst().label().ts(), samples.getLast().label().labelEndTs());
      Instant clear = end.plusSeconds((long) (SampleRun.EMBARGO * whole.toSeconds()));
      Predicate<Sample> before =
          s -> s.label().ts().isBefore(from) && !s.label().labelEndTs().isBefore(from);
      Predicate<Sample> embargoed =
          s -> !s.label().ts().isBefore(end) && !s.label().ts().isAfter(clear);
      assertDrawn(timeline, "bad", fold, samples.stream().filter(before).toList());
      assertDrawn(timeline, "warn", fold, samples.stream().filter(embargoed).toList());
    }
    assertThat(timeline.boxes("c2")).hasSize(folds.size());
    assertThat(timeline.boxes("warn")).hasSizeBetween(3, folds.size() - 1);
  }

  /** A box in the fold's row from the first of some rows to the last, or two points wide. */
  private static void assertDrawn(Drawing timeline, String style, Fold fold, List<Sample> rows) {
    int at = CANDIDATE.folds().size() - fold.number() - 1;
    List<Drawing.Box> boxes =
        timeline.boxes(style).stream()
            .filter(box -> box.fromY() > at && box.toY() < at + 1)
            .toList();
    if (!rows.isEmpty()) {
      double first = rows.getFirst().label().ts().getEpochSecond();
      double last = rows.getLast().label().ts().getEpochSecond();
      double least = first + 2 * timeline.exactX() / 0.06;
      assertThat(boxes)
          .as("%s of fold %d", style, fold.number())
          .anySatisfy(
              box -> {
                assertThat(box.fromX()).isCloseTo(first, within(2 * timeline.exactX()));
                assertThat(box.toX())
                    .isCloseTo(Math.max(last, least), within(2 * timeline.exactX()));
              });
    }
  }

  private static Axis time() {
    return Axis.ofTime(CANDIDATE.period().from(), CANDIDATE.period().to());
  }
}
