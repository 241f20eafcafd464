package io.mlassets.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.control.StopRules.Loss;
import io.mlassets.control.StopRules.Row;
import io.mlassets.control.StopRules.Silence;
import io.mlassets.control.StopRules.Stale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("F-01")
class FindCausesTest {
  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final StopRules RULES =
      new StopRules(
          new Loss(0.05, TradingState.HALTED, Duration.ofDays(10)),
          new Loss(0.02, TradingState.HALTED, Duration.ofDays(1)),
          new Row(4, TradingState.REDUCING, Duration.ofDays(5)),
          new Stale(
              Duration.ofMinutes(5),
              TradingState.REDUCING,
              WeeklySession.parse("SUN 23:00-FRI 20:00")),
          new Silence(Duration.ofMinutes(1), TradingState.HALTED),
          new Row(3, TradingState.REDUCING, Duration.ofDays(1)),
          StopRules.DEFAULTS.positions());

  private static Evidence evidence(List<ClosedTrade> trades, Map<Cause, Instant> countedFrom) {
    return new Evidence(NOW, NOW, trades, null, null, List.of(), countedFrom);
  }

  private static Measured measured(Cause cause, StopRules rules, Evidence evidence) {
    return find(cause, rules, evidence).orElseThrow();
  }

  private static Optional<Measured> find(Cause cause, StopRules rules, Evidence evidence) {
    return FindCauses.measure(rules, evidence).stream()
        .filter(one -> one.cause() == cause)
        .findFirst();
  }

  private static double value(Cause cause, Evidence evidence) {
    return measured(cause, RULES, evidence).figures().get("value");
  }

  /** Trades of the last two weeks, in no order. */
  private static List<ClosedTrade> trades(Random random) {
    List<ClosedTrade> trades = new ArrayList<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      Instant at = NOW.minusSeconds(random.nextInt(14 * 86_400));
      trades.add(new ClosedTrade(at, random.nextGaussian() * 0.01 - 0.001));
    }
    Collections.shuffle(trades, random);
    return trades;
  }

  private static List<ClosedTrade> after(List<ClosedTrade> trades, Instant from) {
    return trades.stream()
        .filter(trade -> trade.closedAt().compareTo(from) > 0)
        .sorted((a, b) -> a.closedAt().compareTo(b.closedAt()))
        .toList();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  @Test
  void losses_are_what_looking_at_every_stretch_of_trades_gives() {
    Random random = new Random(11);
    for (int run = 0; run < 400; run++) {
      List<ClosedTrade> all = trades(random);
      Instant resumed = NOW.minusSeconds(random.nextInt(14 * 86_400));
      Evidence evidence =
          evidence(
              all,
              Map.of(
                  Cause.DRAWDOWN, resumed,
                  Cause.DAILY_LOSS, resumed,
                  Cause.CONSECUTIVE_LOSSES, resumed));

      List<ClosedTrade> wide = after(all, later(resumed, NOW.minus(Duration.ofDays(10))));
      double deepest = 0;
      for (int from = 0; from < wide.size(); from++) {
        double sum = 0;
        for (int to = from; to < wide.size(); to++) {
          sum += wide.get(to).pnl();
          deepest = Math.max(deepest, -sum);
        }
      }
      double day =
          after(all, later(resumed, NOW.minus(Duration.ofDays(1)))).stream()
              .mapToDouble(ClosedTrade::pnl)
              .sum();
      List<ClosedTrade> week = after(all, later(resumed, NOW.minus(Duration.ofDays(5))));
      int row = 0;
      for (ClosedTrade trade : week) {
        row = trade.pnl() < 0 ? row + 1 : 0;
      }

      assertThat(value(Cause.DRAWDOWN, evidence)).isCloseTo(deepest, within(1e-12));
      assertThat(value(Cause.DAILY_LOSS, evidence)).isCloseTo(Math.max(0, -day), within(1e-12));
      assertThat(value(Cause.CONSECUTIVE_LOSSES, evidence)).isEqualTo(row);
      for (Measured one : FindCauses.measure(RULES, evidence)) {
        assertThat(one.holds()).isEqualTo(one.figures().get("value") >= one.figures().get("limit"));
      }
    }
  }

  @Test
  void a_limit_that_is_just_reached_holds_and_says_where_it_leads() {
    List<ClosedTrade> trades = List.of(new ClosedTrade(NOW.minusSeconds(60), -0.02));

    Measured day = measured(Cause.DAILY_LOSS, RULES, evidence(trades, Map.of()));
    assertThat(day.holds()).isTrue();
    assertThat(day.leadsTo()).isEqualTo(TradingState.HALTED);
    assertThat(day.reason()).contains("realised loss of 0.02", "1 trades");
    assertThat(measured(Cause.DRAWDOWN, RULES, evidence(trades, Map.of())).holds()).isFalse();
  }

  @Test
  void what_was_before_a_resume_counts_no_more() {
    List<ClosedTrade> trades = List.of(new ClosedTrade(NOW.minusSeconds(60), -0.5));
    Map<Cause, Instant> resumed = Map.of(Cause.DRAWDOWN, NOW.minusSeconds(30));

    assertThat(measured(Cause.DRAWDOWN, RULES, evidence(trades, resumed)).holds()).isFalse();
    assertThat(measured(Cause.DAILY_LOSS, RULES, evidence(trades, resumed)).holds()).isTrue();
  }

  @Test
  void bars_are_stale_only_while_the_market_is_open() {
    Instant sunday = Instant.parse("2026-03-08T23:04:59Z");
    assertThat(stale(Instant.parse("2026-03-06T20:00:00Z"), sunday, Map.of()).holds()).isFalse();
    assertThat(
            stale(Instant.parse("2026-03-06T20:00:00Z"), sunday.plusSeconds(1), Map.of()).holds())
        .isTrue();
    assertThat(
            stale(NOW.minusSeconds(400), NOW, Map.of(Cause.STALE_BARS, NOW.minusSeconds(299)))
                .holds())
        .as("since the resume")
        .isFalse();
    assertThat(find(Cause.STALE_BARS, RULES, evidence(List.of(), Map.of()))).isEmpty();
  }

  private static Measured stale(Instant since, Instant now, Map<Cause, Instant> countedFrom) {
    return measured(
        Cause.STALE_BARS,
        RULES,
        new Evidence(now, now, List.of(), since, null, List.of(), countedFrom));
  }

  @Test
  void an_ea_that_owes_nothing_is_not_silent() {
    assertThat(silent(null)).isEmpty();
    assertThat(silent(Duration.ofSeconds(59)).orElseThrow().holds()).isFalse();
    assertThat(silent(Duration.ofSeconds(60)).orElseThrow().holds()).isTrue();
  }

  private static Optional<Measured> silent(@Nullable Duration silence) {
    return find(
        Cause.SILENT_EA,
        RULES,
        new Evidence(NOW, NOW, List.of(), null, silence, List.of(), Map.of()));
  }

  @Test
  void drift_holds_when_the_model_measured_last_drifted_in_a_row() {
    Random random = new Random(3);
    for (int run = 0; run < 300; run++) {
      List<DriftMeasured> all = new ArrayList<>();
      int row = 0;
      String before = "";
      for (int i = random.nextInt(12); i > 0; i--) {
        Instant at = NOW.minusSeconds(600L * i);
        String model = i > 6 ? "old" : "new";
        boolean drifted = random.nextInt(4) > 0;
        row = drifted ? (model.equals(before) ? row + 1 : 1) : 0;
        before = model;
        all.add(new DriftMeasured(at, model, drifted));
      }
      Collections.shuffle(all, random);

      Evidence evidence = new Evidence(NOW, NOW, List.of(), null, null, all, Map.of());
      assertThat(value(Cause.DRIFT, evidence)).as("%s", all).isEqualTo(row);
      assertThat(measured(Cause.DRIFT, RULES, evidence).holds()).isEqualTo(row >= 3);
    }
  }

  @Test
  void a_rule_that_leads_to_active_is_switched_off() {
    StopRules off =
        new StopRules(
            new Loss(0.05, TradingState.ACTIVE, Duration.ofDays(10)),
            RULES.dailyLoss(),
            RULES.consecutiveLosses(),
            RULES.staleBars(),
            RULES.silentEa(),
            RULES.drift(),
            RULES.positions());
    List<ClosedTrade> trades = List.of(new ClosedTrade(NOW.minusSeconds(60), -0.5));

    assertThat(find(Cause.DRAWDOWN, off, evidence(trades, Map.of()))).isEmpty();
    assertThat(find(Cause.DAILY_LOSS, off, evidence(trades, Map.of()))).isPresent();
  }
}
