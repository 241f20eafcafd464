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
      checks.add(deflated(evidence));
      checks.addAll(overfitting(evidence.overfitting()));
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

  /** Whoever tries again until it fits has tried more often: trials of earlier runs count. */
  private Check deflated(Evidence evidence) {
    Overfitting own = evidence.overfitting();
    Overfitting judged = evidence.judged();
    Double deflated = judged.deflatedSharpe();
    boolean enough = deflated != null && deflated >= rules.deflatedSharpeMin();
    return new Check(
        enough ? "not_luck_of_many_trials" : "luck_of_many_trials",
        enough,
        deflated,
        rules.deflatedSharpeMin(),
        "adoption_deflated_sharpe_min",
        "deflated Sharpe ratio %s, needs %s: %s shown, the best of %d trials of this run and %d of"
                .formatted(
                    number(deflated),
                    rules.deflatedSharpeMin(),
                    number(judged.sharpe()),
                    own.trials(),
                    evidence.earlierTrials())
            + " earlier ones on these bars (worth %s independent ones) would show %s by luck;"
                .formatted(number(judged.effectiveTrials()), number(judged.expectedMaximum()))
            + " %s with this run's alone, %s by the trials' whole variance"
                .formatted(number(own.deflatedSharpe()), number(judged.rawDeflatedSharpe())));
  }

  /**
   * Either is enough: a high PBO among thresholds that all earn says only that it does not matter
   * which is taken, and a low one that the choice holds.
   */
  private List<Check> overfitting(Overfitting overfitting) {
    Double pbo = overfitting.pbo();
    Double loss = overfitting.lossProbability();
    boolean ranksHold = pbo != null && pbo <= rules.pboMax();
    boolean allEarn = loss != null && loss <= rules.lossProbabilityMax();
    boolean holds = ranksHold || allEarn;
    String either =
        "; one of adoption_pbo_max %s and adoption_loss_probability_max %s has to hold, %s"
            .formatted(
                rules.pboMax(),
                rules.lossProbabilityMax(),
                ranksHold && allEarn ? "both do" : holds ? "one does" : "neither does");
    return List.of(
        new Check(
            ranksHold
                ? "thresholds_not_overfitted"
                : holds ? "thresholds_interchangeable" : "thresholds_overfitted",
            holds,
            pbo,
            rules.pboMax(),
            "adoption_pbo_max",
            "the best thresholds of one half of the time are below the median in the other in %s of"
                    .formatted(number(pbo))
                + " all halvings"
                + either),
        new Check(
            allEarn
                ? "thresholds_keep_earning"
                : holds ? "thresholds_may_stop_earning" : "thresholds_stop_earning",
            holds,
            loss,
            rules.lossProbabilityMax(),
            "adoption_loss_probability_max",
            "the best thresholds of one half of the time do not earn in the other in %s of all"
                    .formatted(number(loss))
                + " halvings"
                + either));
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
