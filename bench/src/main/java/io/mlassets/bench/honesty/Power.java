package io.mlassets.bench.honesty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One point of the power curve.
 *
 * @param years of bars
 * @param markets tried
 * @param adopted of them
 * @param trials tried per market: parameters and thresholds
 * @param effectiveTrials independent ones they are worth, on average
 * @param meanSharpe out of fold: what the pipeline's own strategies truly earn
 * @param predicted share that theory expects to be adopted, given that Sharpe ratio
 */
record Power(
    @JsonProperty("years") double years,
    @JsonProperty("markets") int markets,
    @JsonProperty("adopted") int adopted,
    @JsonProperty("trials") double trials,
    @JsonProperty("effective_trials") double effectiveTrials,
    @JsonProperty("mean_sharpe") Estimate meanSharpe,
    @JsonProperty("predicted") double predicted) {

  /**
   * A point.
   *
   * @param least the deflated Sharpe ratio adoption needs
   */
  static Power of(double years, List<MarketResult> results, double least) {
    Estimate sharpe = Estimate.of(results.stream().mapToDouble(MarketResult::sharpe).toArray());
    double effective =
        results.stream().mapToDouble(MarketResult::effectiveTrials).average().orElse(1);
    return new Power(
        years,
        results.size(),
        (int) results.stream().filter(MarketResult::adopted).count(),
        results.stream().mapToInt(MarketResult::trials).average().orElse(0),
        effective,
        sharpe,
        Theory.power(sharpe.mean(), effective, years, least));
  }

  double share() {
    return (double) adopted / markets;
  }
}
