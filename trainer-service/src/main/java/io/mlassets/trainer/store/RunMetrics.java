package io.mlassets.trainer.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelMetrics;
import io.mlassets.model.ModelType;
import io.mlassets.trainer.pipeline.RiskRates;
import io.mlassets.trainer.verdict.Check;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of a run, {@code audit.retrain_runs.metrics}.
 *
 * @param models out-of-fold quality of each model
 * @param backtest out-of-fold backtest after costs
 * @param overfitting how much of it may be luck
 * @param earlierTrials trials of earlier runs on these bars, which the verdict counts besides
 * @param checks every rule of adoption with figure, limit and policy key
 * @param riskPassRate share of candidates with {@code risk_score < θ2}, out of fold
 * @param riskFlagRate share of candidates with {@code risk_score >= θ2}, out of fold
 * @param noTradeRate share of the entries AI1 wants that AI2 refuses, out of fold; null without any
 */
public record RunMetrics(
    @JsonProperty("models") SortedMap<ModelType, ModelMetrics> models,
    @JsonProperty("backtest") BacktestFigures backtest,
    @JsonProperty("overfitting") OverfittingFigures overfitting,
    @JsonProperty("earlier_trials") int earlierTrials,
    @JsonProperty("checks") List<Check> checks,
    @JsonProperty("risk_pass_rate") double riskPassRate,
    @JsonProperty("risk_flag_rate") double riskFlagRate,
    @JsonProperty("no_trade_rate") @Nullable Double noTradeRate) {

  /** Copies the list. */
  public RunMetrics {
    checks = List.copyOf(checks);
  }

  /** The metrics a manifest holds, and the checks it was held against. */
  public static RunMetrics of(
      BundleManifest manifest, int earlierTrials, List<Check> checks, RiskRates risk) {
    SortedMap<ModelType, ModelMetrics> models = new TreeMap<>();
    manifest.models().forEach((type, entry) -> models.put(type, entry.metrics()));
    return new RunMetrics(
        models,
        BacktestFigures.of(manifest.backtest()),
        OverfittingFigures.of(manifest.overfitting()),
        earlierTrials,
        checks,
        risk.passRate(),
        risk.flagRate(),
        risk.noTradeRate());
  }
}
