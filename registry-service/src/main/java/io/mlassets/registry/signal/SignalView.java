package io.mlassets.registry.signal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision and what became of it.
 *
 * @param outcome of sending: PUBLISHED, BLOCKED, EXPIRED or INVALID; null while it waits
 * @param outcomeReason why it was not sent
 * @param answers what each Expert Advisor's account answered to an order signal, with its legs
 */
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
    @JsonProperty("outcome_reason") @Nullable String outcomeReason,
    @JsonProperty("sent_at") @Nullable Instant sentAt,
    @ArraySchema(schema = @Schema(implementation = Answer.class)) @JsonRawValue String answers) {

  /**
   * What an account answered.
   *
   * @param account the account
   * @param outcome FILLED, PARTIAL, REJECTED, EXPIRED, SUPERSEDED, BLOCKED or LEG_BREAK
   * @param reason in the Expert Advisor's words
   * @param at market time; null when it was unknown
   * @param receivedAt when it was booked
   * @param acknowledged false when it was concluded from the ack of a later signal of the pair
   * @param legs the same of each leg, with the lots dealt, negative when sold
   */
  record Answer(
      String account,
      String outcome,
      String reason,
      @Nullable Instant at,
      @JsonProperty("received_at") Instant receivedAt,
      boolean acknowledged,
      List<Leg> legs) {}

  /** What became of a leg. */
  record Leg(int leg, String symbol, String outcome, double lots) {}
}
