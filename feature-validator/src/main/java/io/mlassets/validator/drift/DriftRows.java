package io.mlassets.validator.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.platform.web.Page;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /api/v1/drift}; each list newest first, with the same page.
 *
 * @param features rows of {@code core.feature_drift}
 * @param models rows of {@code core.model_drift}
 * @param riskPassRates rows of {@code core.risk_pass_rates}
 */
record DriftRows(
    Page<FeatureRow> features,
    Page<ModelRow> models,
    @JsonProperty("risk_pass_rates") Page<RiskRow> riskPassRates) {

  /** One feature at one time; columns as in the table. */
  record FeatureRow(
      @JsonProperty("model_version") String modelVersion,
      String mode,
      String pair,
      String feature,
      double psi,
      @JsonProperty("psi_threshold") double psiThreshold,
      @JsonProperty("mean_shift") double meanShift,
      @JsonProperty("live_rows") long liveRows,
      @JsonProperty("effective_rows") double effectiveRows,
      @JsonProperty("training_rows") long trainingRows,
      boolean drifted,
      @JsonProperty("computed_at") Instant computedAt) {}

  /** Results at one time; columns as in the table. */
  record ModelRow(
      @JsonProperty("model_version") String modelVersion,
      String mode,
      int trades,
      @JsonProperty("live_win_rate") @Nullable Double liveWinRate,
      @JsonProperty("backtest_win_rate") @Nullable Double backtestWinRate,
      @Nullable Double gap,
      @JsonProperty("p_value") @Nullable Double pValue,
      boolean drifted,
      @JsonProperty("computed_at") Instant computedAt) {}

  /** Risk control at one time; columns as in the table. */
  record RiskRow(
      @JsonProperty("model_version") String modelVersion,
      String mode,
      double theta2,
      int candidates,
      int passed,
      @JsonProperty("pass_rate") @Nullable Double passRate,
      @JsonProperty("wanted_low") double wantedLow,
      @JsonProperty("wanted_high") double wantedHigh,
      String verdict,
      @JsonProperty("computed_at") Instant computedAt) {}
}
