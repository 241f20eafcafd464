package io.mlassets.inference.risk;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.inference.DecidingPolicies;
import io.mlassets.market.Pair;
import io.mlassets.signal.SignalMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The figures as gauges: of each pair while there are few, and of all pairs of a mode; NaN while
 * there is nothing to say. For one thread.
 */
@Component
class RiskGauges {
  /** What stands for all pairs in the label {@code pair}, as in {@code core.feature_drift}. */
  static final String ALL_PAIRS = "all";

  /** More pairs are too many lines for a scrape; their figures are in {@code pairs.latest}. */
  private static final int MOST_PAIRS = 500;

  private record Shown(Pair pair, SignalMode mode) {}

  private final RiskBook book;
  private final MeterRegistry meters;
  private final DecidingPolicies policies;
  private final Map<Shown, List<Meter>> shown = new HashMap<>();

  RiskGauges(RiskBook book, MeterRegistry meters, DecidingPolicies policies) {
    this.book = book;
    this.meters = meters;
    this.policies = policies;
    for (SignalMode mode : SignalMode.values()) {
      register(ALL_PAIRS, mode, () -> book.whole(mode));
    }
  }

  /** Shows the pairs there are now. */
  void follow() {
    Set<Shown> wanted =
        book.all()
            .map(risk -> new Shown(risk.of().pair(), risk.of().mode()))
            .collect(Collectors.toCollection(HashSet::new));
    if (wanted.size() > MOST_PAIRS) {
      wanted.clear();
    }
    shown.forEach(
        (pair, gauges) -> {
          if (!wanted.contains(pair)) {
            gauges.forEach(meters::remove);
          }
        });
    shown.keySet().retainAll(wanted);
    for (Shown pair : wanted) {
      shown.computeIfAbsent(
          pair, one -> register(one.pair().id(), one.mode(), () -> book.figures(one.pair())));
    }
  }

  private List<Meter> register(
      String pair, SignalMode mode, Supplier<Optional<RiskFigures>> figures) {
    List<Meter> all = new ArrayList<>();
    all.add(
        gauge(
            "live_risk_pass_rate",
            "Share of the newest candidate entries AI2 let pass",
            pair,
            mode,
            figures,
            one -> one.passRate() == null ? Double.NaN : one.passRate()));
    all.add(
        gauge(
            "live_risk_candidates",
            "Newest candidate entries counted",
            pair,
            mode,
            figures,
            RiskFigures::candidates));
    all.add(
        gauge(
            "live_risk_pass_rate_alert",
            "1 when the share is outside the policy's range",
            pair,
            mode,
            figures,
            one -> one.verdict().isAlert() ? 1 : 0));
    all.add(
        gauge(
            "risk_flag_run",
            "Newest candidate entries flagged in a row",
            pair,
            mode,
            figures,
            RiskFigures::flagRun));
    all.add(
        gauge(
            "risk_flag_run_alert",
            "1 when so many are flagged in a row that somebody should look",
            pair,
            mode,
            figures,
            one -> one.flagRun() >= flagRunMax() ? 1 : 0));
    return all;
  }

  private int flagRunMax() {
    return policies.now().retrain().drift().riskWatch().flagRunMax();
  }

  private Meter gauge(
      String name,
      String description,
      String pair,
      SignalMode mode,
      Supplier<Optional<RiskFigures>> figures,
      ToDoubleFunction<RiskFigures> value) {
    return Gauge.builder(
            name, () -> figures.get().map(one -> value.applyAsDouble(one)).orElse(Double.NaN))
        .description(description)
        .tag("pair", pair)
        .tag("mode", mode.wire())
        .register(meters);
  }
}
