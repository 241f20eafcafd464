package io.mlassets.inference.risk;

import io.mlassets.drift.RiskPassRate;
import io.mlassets.drift.RiskPassRate.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What AI2 did to the newest candidate entries.
 *
 * @param candidates how many are counted
 * @param passRate share with {@code risk_score < θ2}; null without candidates
 * @param verdict what that means, as in {@code core.risk_pass_rates}
 * @param flagRun how many of them, up to the newest, are flagged in a row; of several pairs the
 *     longest run
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RiskFigures(int candidates, @Nullable Double passRate, Verdict verdict, int flagRun) {

  static RiskFigures of(RiskPassRate rate, int flagRun) {
    return new RiskFigures(rate.candidates(), rate.rate(), rate.verdict(), flagRun);
  }
}
