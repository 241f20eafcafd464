package io.mlassets.trainer.pipeline;

import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.drift.RiskPassRate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What AI2 does to entries, out of fold, at thresholds chosen outside the fold (requirements E-02,
 * V-04).
 *
 * @param passRate share of the candidates with {@code risk_score < θ2}
 * @param flagRate share of the candidates with {@code risk_score >= θ2}
 * @param noTradeRate share of the entries AI1 wants that AI2 refuses; null when it wants none
 */
public record RiskRates(double passRate, double flagRate, @Nullable Double noTradeRate) {

  /** Of a candidate. */
  public static RiskRates of(Candidate candidate) {
    return of(
        candidate.outOfFold(),
        candidate.thresholds(),
        candidate.backtest().metrics().noTradeRate());
  }

  static RiskRates of(List<OutOfFold> rows, ThresholdsAt thresholds, @Nullable Double noTradeRate) {
    long flagged =
        rows.stream()
            .filter(
                row ->
                    !RiskPassRate.passes(
                        row.scores().riskScore(),
                        thresholds.at(row.sample().label().ts()).theta2()))
            .count();
    double flagRate = (double) flagged / rows.size();
    return new RiskRates(1 - flagRate, flagRate, noTradeRate);
  }
}
