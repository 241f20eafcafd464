package io.mlassets.inference.swap;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlassets.model.ModelVersion;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model that may not decide, a row of {@code core.model_stepbacks}.
 *
 * @param version the model
 * @param found while on trial, or while it decided live
 * @param at when, UTC
 * @param reason why, in words with the figures that matter
 * @param figures what was measured
 * @param liftedAt when an operator lifted it, UTC; null while it holds
 * @param liftedBy who
 * @param liftReason why
 */
public record StepBack(
    @JsonProperty("model_version") ModelVersion version,
    @JsonProperty("found") Found found,
    @JsonProperty("stepped_back_at") Instant at,
    @JsonProperty("reason") String reason,
    @JsonProperty("figures") JsonNode figures,
    @JsonProperty("lifted_at") @Nullable Instant liftedAt,
    @JsonProperty("lifted_by") @Nullable String liftedBy,
    @JsonProperty("lift_reason") @Nullable String liftReason) {

  /** Where it was found out. */
  public enum Found {
    TRIAL,
    LIVE;

    /** The lower-case form. */
    @JsonValue
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
