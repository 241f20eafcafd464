package io.mlassets.registry.signal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A decision and what became of it. */
record SignalView(
    @JsonProperty("signal_id") UUID signalId,
    String mode,
    String pair,
    String interval,
    @JsonProperty("bar_ts") Instant barTs,
    Instant timestamp,
    @JsonProperty("z_score") double zScore,
    @JsonProperty("return_prob") double returnProb,
    @JsonProperty("risk_score") double riskScore,
    String entry,
    double confidence,
    @JsonProperty("risk_flag") int riskFlag,
    BigDecimal theta1,
    BigDecimal theta2,
    @JsonProperty("position_scale") double positionScale,
    String action,
    String reason,
    @JsonRawValue String legs,
    @JsonProperty("model_version") String modelVersion,
    @JsonProperty("policy_hash") String policyHash,
    @JsonProperty("leverage_reduction") double leverageReduction,
    @JsonProperty("expires_at") Instant expiresAt,
    @Nullable Long seq,
    @Nullable String outcome,
    @JsonProperty("sent_at") @Nullable Instant sentAt) {}
