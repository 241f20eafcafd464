package io.mlassets.trainer.retune;

import io.mlassets.policy.Policies;
import io.mlassets.policy.Range;
import io.mlassets.trainer.verdict.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether other thresholds take the place of those in force. There are two ways: the search's earn
 * more where they were not chosen, beyond what luck explains; or the pass rate of AI2 has left the
 * policy's range, and the nearest θ2 that brings it back earns not significantly less.
 */
final class JudgeThresholds {
  private final double confidence;
  private final int minTrades;
  private final int minCandidates;
  private final Range passRate;

  JudgeThresholds(Policies policies) {
    this.confidence = policies.retrain().adoption().confidence();
    this.minTrades = policies.retrain().adoption().minTrades();
    this.minCandidates = policies.retrain().drift().minRows();
    this.passRate = policies.core().riskPassRate();
  }

  ThetaVerdict judge(ThetaEvidence evidence) {
    ThetaEvidence.Found found = evidence.found();
    List<Check> better = better(evidence, found);
    if (found != null && allPassed(better)) {
      return ThetaVerdict.Adopted.by(found.nested().thresholds(), better);
    }
    ThetaEvidence.Restoring restoring = evidence.restoring();
    List<Check> restored = restored(evidence, restoring);
    if (restoring != null && allPassed(restored)) {
      return ThetaVerdict.Adopted.by(restoring.shown().thresholds(), restored);
    }
    List<Check> all = new ArrayList<>(better);
    all.addAll(restored);
    return ThetaVerdict.Held.by(all);
  }

  private static boolean allPassed(List<Check> checks) {
    return checks.stream().allMatch(Check::passed);
  }

  private List<Check> better(ThetaEvidence evidence, ThetaEvidence.@Nullable Found found) {
    Check bars = enoughBars(evidence);
    if (found == null) {
      return List.of(bars);
    }
    return List.of(
        bars,
        others(evidence, found),
        enoughTrades(found),
        enoughOther(found),
        gains(evidence, found));
  }

  private static Check enoughBars(ThetaEvidence evidence) {
    boolean enough = evidence.bars() >= evidence.barsNeeded();
    return new Check(
        enough ? "enough_unseen_bars" : "too_few_unseen_bars",
        enough,
        (double) evidence.bars(),
        (double) evidence.barsNeeded(),
        "holding_bars",
        "%d bars after %s, the last one the model was trained on; a search needs %d"
            .formatted(evidence.bars(), evidence.seenTo(), evidence.barsNeeded()));
  }

  private static Check others(ThetaEvidence evidence, ThetaEvidence.Found found) {
    boolean others = !found.nested().thresholds().equals(evidence.inForce().thresholds());
    return new Check(
        others ? "other_thresholds" : "same_thresholds",
        others,
        null,
        null,
        "theta_search_range",
        "theta1 %s, theta2 %s chosen of %d looked at, in force are %s and %s"
            .formatted(
                found.nested().thresholds().theta1(),
                found.nested().thresholds().theta2(),
                found.trials(),
                evidence.inForce().thresholds().theta1(),
                evidence.inForce().thresholds().theta2()));
  }

  private Check enoughTrades(ThetaEvidence.Found found) {
    int trades = found.nested().trades();
    return trades(
        trades >= minTrades ? "enough_trades" : "too_few_trades",
        trades,
        "%d trades outside the block chosen on, proof needs %d".formatted(trades, minTrades));
  }

  private Check enoughOther(ThetaEvidence.Found found) {
    int trades = found.gain().otherTrades();
    return trades(
        trades >= minTrades ? "enough_other_trades" : "too_few_other_trades",
        trades,
        "%d trades are not the same as with the thresholds in force, proof needs %d"
            .formatted(trades, minTrades));
  }

  private Check trades(String rule, int trades, String text) {
    return new Check(
        rule,
        trades >= minTrades,
        (double) trades,
        (double) minTrades,
        "adoption_min_trades",
        text);
  }

  private Check gains(ThetaEvidence evidence, ThetaEvidence.Found found) {
    ThetaEvidence.Gain gain = found.gain();
    boolean above = gain.low() > 0;
    return new Check(
        above ? "earns_more" : "may_be_luck",
        above,
        gain.low(),
        0.0,
        "adoption_confidence",
        "Sharpe %s against %s in force, after costs; the difference is above %s at %s confidence"
            .formatted(
                number(found.nested().sharpe()),
                number(evidence.inForce().sharpe()),
                number(gain.low()),
                confidence));
  }

  private List<Check> restored(
      ThetaEvidence evidence, ThetaEvidence.@Nullable Restoring restoring) {
    Check left = leftTheRange(evidence);
    if (!left.passed()) {
      return List.of(left);
    }
    if (restoring == null) {
      return List.of(left, unreachable());
    }
    return List.of(left, back(restoring), notWorse(evidence, restoring));
  }

  private Check leftTheRange(ThetaEvidence evidence) {
    Double rate = evidence.passRate();
    if (rate == null || evidence.candidates() < minCandidates) {
      return new Check(
          "too_few_candidates",
          false,
          (double) evidence.candidates(),
          (double) minCandidates,
          "drift_min_rows",
          "%d candidate entries, the pass rate is judged from %d on"
              .formatted(evidence.candidates(), minCandidates));
    }
    boolean left = !passRate.contains(rate);
    return new Check(
        left ? "pass_rate_left_range" : "pass_rate_within_range",
        left,
        rate,
        rate < passRate.low() ? passRate.low() : passRate.high(),
        "risk_pass_rate_range",
        "%s of %d candidates pass at theta2 %s, wanted are %s"
            .formatted(
                number(rate),
                evidence.candidates(),
                evidence.inForce().thresholds().theta2(),
                passRate));
  }

  private Check unreachable() {
    return new Check(
        "pass_rate_unreachable",
        false,
        null,
        null,
        "theta_search_range",
        "no theta2 the policy allows lets %s of the candidates pass".formatted(passRate));
  }

  private Check back(ThetaEvidence.Restoring restoring) {
    return new Check(
        "pass_rate_restored",
        true,
        restoring.passRate(),
        null,
        "risk_pass_rate_range",
        "%s pass at theta2 %s"
            .formatted(number(restoring.passRate()), restoring.shown().thresholds().theta2()));
  }

  private Check notWorse(ThetaEvidence evidence, ThetaEvidence.Restoring restoring) {
    ThetaEvidence.Gain gain = restoring.gain();
    boolean holds = gain.high() >= 0;
    return new Check(
        holds ? "not_worse" : "earns_less",
        holds,
        gain.high(),
        0.0,
        "adoption_confidence",
        "Sharpe %s against %s in force, after costs; the difference is below %s at %s confidence"
            .formatted(
                number(restoring.shown().sharpe()),
                number(evidence.inForce().sharpe()),
                number(gain.high()),
                confidence));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "none" : String.format(Locale.ROOT, "%.3f", value);
  }
}
