package io.mlassets.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Holds what is known against the rules. Without state: latching is its caller's. */
public final class FindCauses {
  private final Evidence evidence;
  private final List<Measured> measured = new ArrayList<>();

  private FindCauses(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Measures every cause whose rule is on and of which something is known. */
  public static List<Measured> measure(StopRules rules, Evidence evidence) {
    FindCauses finding = new FindCauses(evidence);
    finding.drawdown(rules.drawdown());
    finding.dailyLoss(rules.dailyLoss());
    finding.consecutiveLosses(rules.consecutiveLosses());
    finding.staleBars(rules.staleBars());
    finding.silentEa(rules.silentEa());
    finding.drift(rules.drift());
    return List.copyOf(finding.measured);
  }

  private void drawdown(StopRules.Loss rule) {
    List<ClosedTrade> trades = trades(Cause.DRAWDOWN, rule.window());
    double sum = 0;
    double peak = 0;
    double deepest = 0;
    for (ClosedTrade trade : trades) {
      sum += trade.pnl();
      peak = Math.max(peak, sum);
      deepest = Math.max(deepest, peak - sum);
    }
    loss(Cause.DRAWDOWN, rule, deepest, trades.size(), "drawdown");
  }

  private void dailyLoss(StopRules.Loss rule) {
    List<ClosedTrade> trades = trades(Cause.DAILY_LOSS, rule.window());
    double sum = trades.stream().mapToDouble(ClosedTrade::pnl).sum();
    loss(Cause.DAILY_LOSS, rule, Math.max(0, -sum), trades.size(), "realised loss");
  }

  private void loss(Cause cause, StopRules.Loss rule, double value, int trades, String what) {
    add(
        cause,
        rule.state(),
        value,
        rule.limit(),
        "%s of %s full positions over %d trades within %s"
            .formatted(what, rounded(value), trades, rule.window()),
        Map.of("trades", (double) trades));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  private void consecutiveLosses(StopRules.Row rule) {
    List<ClosedTrade> trades = trades(Cause.CONSECUTIVE_LOSSES, rule.window());
    int lost = atTheEnd(trades, trade -> trade.pnl() < 0);
    add(
        Cause.CONSECUTIVE_LOSSES,
        rule.state(),
        lost,
        rule.limit(),
        "%d trades in a row lost".formatted(lost),
        Map.of("trades", (double) trades.size()));
  }

  private void staleBars(StopRules.Stale rule) {
    Instant since = evidence.barDueSince();
    if (since == null) {
      return;
    }
    Instant resumed = evidence.countedFrom().getOrDefault(Cause.STALE_BARS, Instant.MIN);
    Duration quiet =
        rule.session().openBetween(resumed.isAfter(since) ? resumed : since, evidence.marketNow());
    silence(Cause.STALE_BARS, rule.state(), quiet, rule.limit(), "the next bar is late by %s");
  }

  private void silentEa(StopRules.Silence rule) {
    Duration silent = evidence.eaSilence();
    if (silent != null) {
      silence(Cause.SILENT_EA, rule.state(), silent, rule.limit(), "an order is unanswered for %s");
    }
  }

  private void silence(
      Cause cause, TradingState state, Duration value, Duration limit, String what) {
    add(
        cause,
        state,
        value.toMillis() / 1e3,
        limit.toMillis() / 1e3,
        what.formatted(Duration.ofSeconds(value.toSeconds())),
        Map.of());
  }

  /** Of the model measured last; another one's drift is history. */
  private void drift(StopRules.Row rule) {
    Instant from = evidence.from(Cause.DRIFT, evidence.systemNow(), rule.window());
    List<DriftMeasured> measurements =
        evidence.drift().stream()
            .filter(one -> one.at().isAfter(from))
            .sorted(Comparator.comparing(DriftMeasured::at))
            .toList();
    String model = measurements.isEmpty() ? "" : measurements.getLast().modelVersion();
    int drifted = atTheEnd(measurements, one -> one.drifted() && one.modelVersion().equals(model));
    add(
        Cause.DRIFT,
        rule.state(),
        drifted,
        rule.limit(),
        "%d measurements in a row found model %s drifted".formatted(drifted, model),
        Map.of("measurements", (double) measurements.size()));
  }

  private List<ClosedTrade> trades(Cause cause, Duration window) {
    Instant from = evidence.from(cause, evidence.marketNow(), window);
    return evidence.trades().stream()
        .filter(trade -> trade.closedAt().isAfter(from))
        .sorted(Comparator.comparing(ClosedTrade::closedAt))
        .toList();
  }

  private static <T> int atTheEnd(List<T> all, Predicate<T> wanted) {
    int count = 0;
    while (count < all.size() && wanted.test(all.get(all.size() - 1 - count))) {
      count++;
    }
    return count;
  }

  private void add(
      Cause cause,
      TradingState leadsTo,
      double value,
      double limit,
      String found,
      Map<String, Double> others) {
    if (leadsTo == TradingState.ACTIVE) {
      return;
    }
    Map<String, Double> figures = new HashMap<>(others);
    figures.put("value", value);
    figures.put("limit", limit);
    measured.add(new Measured(cause, leadsTo, value >= limit, found, figures));
  }
}
