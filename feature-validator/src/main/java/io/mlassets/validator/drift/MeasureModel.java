package io.mlassets.validator.drift;

import io.mlassets.drift.WinRateGap;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.policy.DriftRules;
import io.mlassets.policy.Policies;
import io.mlassets.trade.RoundTrip;
import io.mlassets.trade.RoundTrips;
import io.mlassets.trade.RoundTrips.Matched;
import io.mlassets.validator.ModelInUse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the win rate of a model's closed trades with its out-of-fold backtest. */
@Component
class MeasureModel {
  private static final Logger log = LoggerFactory.getLogger(MeasureModel.class);
  private final FindFills fills;
  private final InstrumentCatalogue instruments;
  private final JdbcClient jdbc;
  private final DriftRules rules;

  MeasureModel(
      FindFills fills, InstrumentCatalogue instruments, JdbcClient jdbc, Policies policies) {
    this.fills = fills;
    this.instruments = instruments;
    this.jdbc = jdbc;
    this.rules = policies.retrain().drift();
  }

  ModelFinding of(ModelInUse model) {
    Matched matched = RoundTrips.match(fills.since(model), instruments::find);
    if (matched.unmatched() > 0) {
      log.warn(
          "{} {}: {} deals or positions could not be matched into round trips",
          model.version(),
          model.mode().wire(),
          matched.unmatched());
    }
    if (!matched.withoutCosts().isEmpty()) {
      log.warn(
          "{}: trades on {} counted without costs: not in instruments.yaml",
          model.version(),
          matched.withoutCosts());
    }
    List<RoundTrip> own =
        matched.closed().stream()
            .filter(trip -> trip.modelVersion().equals(model.version()))
            .toList();
    int wins = (int) own.stream().filter(RoundTrip::won).count();
    return finding(own.size(), wins, backtestWinRate(model.version()).orElse(null));
  }

  private ModelFinding finding(int trades, int wins, @Nullable Double expected) {
    Double live = trades == 0 ? null : (double) wins / trades;
    WinRateGap gap =
        live == null || expected == null ? null : WinRateGap.of(trades, wins, expected, rules);
    return new ModelFinding(trades, wins, live, expected, gap);
  }

  private Optional<Double> backtestWinRate(String version) {
    return jdbc.sql(
            """
            select win_rate from core.backtest_results
            where model_version = ? and kind = 'oof' and win_rate is not null
            """)
        .param(version)
        .query(Double.class)
        .optional();
  }
}
