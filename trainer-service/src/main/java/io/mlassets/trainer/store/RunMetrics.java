package io.mlassets.trainer.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelMetrics;
import io.mlassets.model.ModelType;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metrics of a run, {@code audit.retrain_runs.metrics}.
 *
 * @param models out-of-fold quality of each model
 * @param backtest out-of-fold backtest after costs
 * @param riskPassRate share of candidates with {@code risk_score < θ2}
 */
public record RunMetrics(
    @JsonProperty("models") SortedMap<ModelType, ModelMetrics> models,
    @JsonProperty("backtest") BacktestFigures backtest,
    @JsonProperty("risk_pass_rate") double riskPassRate) {

  /** The metrics a manifest holds. */
  public static RunMetrics of(BundleManifest manifest, double riskPassRate) {
    SortedMap<ModelType, ModelMetrics> models = new TreeMap<>();
    manifest.models().forEach((type, entry) -> models.put(type, entry.metrics()));
    return new RunMetrics(models, BacktestFigures.of(manifest.backtest()), riskPassRate);
  }
}
