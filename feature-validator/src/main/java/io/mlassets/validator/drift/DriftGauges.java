package io.mlassets.validator.drift;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.drift.WinRateGap;
import io.mlassets.signal.SignalMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The newest measurement of each mode as gauges; NaN while there is nothing to say. */
@Component
class DriftGauges {
  private final Map<SignalMode, AtomicReference<@Nullable Findings>> newest =
      new EnumMap<>(SignalMode.class);
  private final AtomicReference<Double> schemaCompatible = new AtomicReference<>(Double.NaN);

  DriftGauges(MeterRegistry meters) {
    for (SignalMode mode : SignalMode.values()) {
      newest.put(mode, new AtomicReference<>());
      gauge(meters, mode, "psi_max", "Largest PSI of a feature", f -> f.features().psiMax());
      gauge(
          meters,
          mode,
          "mean_shift_max",
          "Largest mean shift of a feature, training standard deviations",
          f -> f.features().meanShiftMax());
      gauge(
          meters,
          mode,
          "feature_drifted",
          "Features beyond their thresholds",
          f -> f.features().features().stream().filter(d -> d.drifted()).count());
      gauge(
          meters, mode, "drift_live_rows", "Candidate rows compared", f -> f.features().liveRows());
      gauge(
          meters,
          mode,
          "live_win_rate",
          "Share of closed round trips that won",
          f -> orNaN(f.results().liveWinRate()));
      gauge(
          meters,
          mode,
          "backtest_win_rate",
          "Win rate of the out-of-fold backtest",
          f -> orNaN(f.results().backtestWinRate()));
      gauge(meters, mode, "live_round_trips", "Closed round trips", f -> f.results().trades());
      gauge(meters, mode, "win_rate_gap_p_value", "Chance of so few wins", DriftGauges::pValue);
      gauge(
          meters,
          mode,
          "risk_pass_rate",
          "Share of candidate entries AI2 lets pass",
          f -> orNaN(f.risk().rate()));
      gauge(
          meters,
          mode,
          "no_trade_rate",
          "Share of the entries AI1 wants that AI2 refuses",
          f -> f.noTrade().rate());
      gauge(
          meters,
          mode,
          "risk_pass_rate_alert",
          "1 when the pass rate is outside the policy's range",
          f -> f.risk().verdict().isAlert() ? 1 : 0);
      gauge(
          meters,
          mode,
          "no_trade_rate_alert",
          "1 when the no-trade rate is outside the policy's range",
          f -> f.noTrade().isAlert() ? 1 : 0);
    }
    Gauge.builder("schema_compatible", schemaCompatible, AtomicReference::get)
        .description("1 when the model's schema is the newest registered one, 0 when not")
        .register(meters);
  }

  private void gauge(
      MeterRegistry meters,
      SignalMode mode,
      String name,
      String description,
      ToDoubleFunction<Findings> value) {
    Gauge.builder(name, () -> value(mode, value))
        .description(description)
        .tag("mode", mode.wire())
        .register(meters);
  }

  private double value(SignalMode mode, ToDoubleFunction<Findings> value) {
    AtomicReference<@Nullable Findings> reference = newest.get(mode);
    Findings findings = reference == null ? null : reference.get();
    return findings == null ? Double.NaN : value.applyAsDouble(findings);
  }

  private static double pValue(Findings findings) {
    WinRateGap gap = findings.results().gap();
    return gap == null ? Double.NaN : gap.pValue();
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  void show(Findings findings) {
    newest.forEach(
        (mode, reference) -> reference.set(mode == findings.model().mode() ? findings : null));
  }

  void showSchema(boolean compatible) {
    schemaCompatible.set(compatible ? 1.0 : 0.0);
  }
}
