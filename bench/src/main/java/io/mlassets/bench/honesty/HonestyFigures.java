package io.mlassets.bench.honesty;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.bench.Report;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/**
 * What {@code bench honesty} found.
 *
 * @param noEdge markets without an edge
 * @param planted markets worth a Sharpe ratio of 2, over the years power is claimed for
 * @param power the share adopted over years
 * @param shuffledAuc AUC of AI1 within folds on shuffled labels
 * @param leakRefused whether every planted leak was named and refused, and no honest feature was
 * @param plantedSharpe annual Sharpe ratio, measured, of trading every candidate of the planted
 *     markets
 * @param seconds it took
 */
record HonestyFigures(
    Share noEdge,
    Share planted,
    List<Power> power,
    Estimate shuffledAuc,
    boolean leakRefused,
    Estimate plantedSharpe,
    double seconds) {

  /** How many of how many markets were adopted. */
  record Share(@JsonProperty("markets") int markets, @JsonProperty("adopted") int adopted) {}

  /**
   * One point of the power curve.
   *
   * @param years of bars
   * @param markets tried
   * @param adopted of them
   * @param trials tried per market: parameters and thresholds
   * @param effectiveTrials independent ones they are worth, on average
   * @param meanSharpe out-of-fold Sharpe ratio, on average
   * @param predicted share that theory expects to be adopted, given that Sharpe ratio
   */
  record Power(
      @JsonProperty("years") double years,
      @JsonProperty("markets") int markets,
      @JsonProperty("adopted") int adopted,
      @JsonProperty("trials") double trials,
      @JsonProperty("effective_trials") double effectiveTrials,
      @JsonProperty("mean_sharpe") double meanSharpe,
      @JsonProperty("predicted") double predicted) {}

  /** A mean and its standard error. */
  record Estimate(
      @JsonProperty("mean") double mean, @JsonProperty("standard_error") double standardError) {

    static Estimate of(double[] values) {
      double mean = Arrays.stream(values).average().orElse(Double.NaN);
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return new Estimate(mean, Math.sqrt(squares / (values.length - 1) / values.length));
    }
  }

  /** As the report has them. */
  SequencedMap<String, Object> fields() {
    return Report.fields(
        "no_edge", noEdge,
        "planted", planted,
        "power", power,
        "shuffled_auc", shuffledAuc,
        "leak_refused", leakRefused,
        "planted_sharpe", plantedSharpe,
        "seconds", seconds);
  }
}
