package io.mlassets.trainer.verdict;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Overfitting;
import io.mlassets.policy.AdoptionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every candidate has to show, champion or not: no feature knows the future, enough trades,
 * and an out-of-fold Sharpe ratio after costs that is neither chance nor the fruit of trying often.
 * A good AUC proves nothing, because the return of a rolling z-score can be predicted on a random
 * walk too.
 */
final class AloneRules {
  private final AdoptionRules rules;

  AloneRules(AdoptionRules rules) {
    this.rules = rules;
  }

  List<Check> checks(Evidence evidence) {
    List<Check> checks = new ArrayList<>();
    checks.add(leak(evidence));
    Check trades = trades(evidence.backtest());
    checks.add(trades);
    if (trades.passed()) {
      checks.add(aboveZero(evidence.backtest()));
      checks.add(longEnough(evidence.overfitting()));
      checks.add(deflated(evidence.overfitting()));
      checks.add(overfitting(evidence.overfitting()));
      checks.add(paths(evidence.overfitting()));
    }
    return checks;
  }

  private Check leak(Evidence evidence) {
    if (evidence.leaks().isEmpty()) {
      return new Check(
          "no_leak",
          true,
          null,
          rules.leakMax(),
          "adoption_leak_max",
          "no feature explains more than %s of the next bar's move".formatted(rules.leakMax()));
    }
    List<String> features =
        evidence.leaks().stream()
            .map(
                leak ->
                    "%s explains %s of %s (%s), at most %s can be known"
                        .formatted(
                            leak.feature(),
                            number(leak.explained()),
                            leak.target(),
                            leak.where(),
                            leak.limit()))
            .toList();
    return new Check(
        "leak_suspected",
        false,
        evidence.leaks().getFirst().explained(),
        rules.leakMax(),
        "adoption_leak_max",
        String.join("; ", features));
  }

  private Check trades(BacktestMetrics backtest) {
    if (backtest.trades() == 0) {
      return trades("no_trades", backtest, "no threshold pair led to a trade out of fold");
    }
    boolean enough = backtest.trades() >= rules.minTrades();
    return trades(
        enough ? "enough_trades" : "too_few_trades",
        backtest,
        "%d trades out of fold, proof needs %d".formatted(backtest.trades(), rules.minTrades()));
  }

  private Check trades(String rule, BacktestMetrics backtest, String text) {
    return new Check(
        rule,
        backtest.trades() >= rules.minTrades(),
        (double) backtest.trades(),
        (double) rules.minTrades(),
        "adoption_min_trades",
        text);
  }

  private Check aboveZero(BacktestMetrics backtest) {
    Double low = backtest.sharpeLow();
    boolean above = low != null && low > 0;
    return new Check(
        above ? "sharpe_above_zero" : "sharpe_not_above_zero",
        above,
        low,
        0.0,
        "adoption_confidence",
        "out-of-fold Sharpe %s after costs, lower bound %s at %s confidence, %d trades"
            .formatted(
                number(backtest.sharpe()), number(low), rules.confidence(), backtest.trades()));
  }

  private Check longEnough(Overfitting overfitting) {
    Double needed = overfitting.minimumRecordYears();
    boolean enough = needed != null && needed <= overfitting.recordYears();
    return new Check(
        enough ? "record_long_enough" : "record_too_short",
        enough,
        overfitting.recordYears(),
        needed,
        "adoption_confidence",
        "%s years of bars, a Sharpe ratio above zero is shown at %s confidence by %s"
            .formatted(
                number(overfitting.recordYears()),
                rules.confidence(),
                needed == null ? "no length of such a record" : number(needed)));
  }

  private Check deflated(Overfitting overfitting) {
    Double deflated = overfitting.deflatedSharpe();
    boolean enough = deflated != null && deflated >= rules.deflatedSharpeMin();
    return new Check(
        enough ? "not_luck_of_many_trials" : "luck_of_many_trials",
        enough,
        deflated,
        rules.deflatedSharpeMin(),
        "adoption_deflated_sharpe_min",
        "deflated Sharpe ratio %s, needs %s: %s shown, the best of %d trials (worth %s independent"
                .formatted(
                    number(deflated),
                    rules.deflatedSharpeMin(),
                    number(overfitting.sharpe()),
                    overfitting.trials(),
                    number(overfitting.effectiveTrials()))
            + " ones) would show %s by luck".formatted(number(overfitting.expectedMaximum())));
  }

  /** A high PBO among thresholds that all earn says only that it does not matter which is taken. */
  private Check overfitting(Overfitting overfitting) {
    Double pbo = overfitting.pbo();
    Double loss = overfitting.lossProbability();
    boolean holds =
        pbo != null
            && loss != null
            && (pbo <= rules.pboMax() || loss <= rules.lossProbabilityMax());
    return new Check(
        holds ? "thresholds_not_overfitted" : "thresholds_overfitted",
        holds,
        pbo,
        rules.pboMax(),
        "adoption_pbo_max",
        "the best thresholds of one half of the time are below the median in the other in %s of all"
                .formatted(number(pbo))
            + " halvings and do not earn there in %s; one of them may be above %s and %s"
                .formatted(number(loss), rules.pboMax(), rules.lossProbabilityMax()));
  }

  private Check paths(Overfitting overfitting) {
    double share = overfitting.pathLossShare();
    boolean few = share <= rules.pathLossMax();
    return new Check(
        few ? "paths_earn" : "paths_lose",
        few,
        share,
        rules.pathLossMax(),
        "adoption_path_loss_max",
        "%s of %d combinatorial paths do not earn, may be %s; Sharpe ratios %s"
            .formatted(
                number(share),
                overfitting.pathSharpes().size(),
                rules.pathLossMax(),
                overfitting.pathSharpes().stream().map(AloneRules::number).toList()));
  }

  static String number(@Nullable Double value) {
    return value == null ? "none" : String.format(Locale.ROOT, "%.3f", value);
  }
}
