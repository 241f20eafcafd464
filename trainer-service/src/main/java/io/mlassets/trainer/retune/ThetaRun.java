package io.mlassets.trainer.retune;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row of {@code audit.theta_runs}, as REST answers it.
 *
 * @param runId its id
 * @param startedAt UTC
 * @param endedAt UTC; null while it runs
 * @param status running, success or failed
 * @param trigger cron, rest or cli
 * @param slot time of the schedule it answers; null when a person asked
 * @param modelVersion whose thresholds; null without an active model
 * @param oldTheta1 in force when it looked; null without an active model
 * @param oldTheta2 likewise
 * @param newTheta1 put in force; null unless adopted
 * @param newTheta2 likewise
 * @param verdict adopted or held; null without
 * @param reasons of the verdict
 * @param figures what was measured
 * @param errorMessage why it failed; null otherwise
 */
public record ThetaRun(
    @JsonProperty("run_id") UUID runId,
    @JsonProperty("started_at") Instant startedAt,
    @JsonProperty("ended_at") @Nullable Instant endedAt,
    @JsonProperty("status") String status,
    @JsonProperty("trigger") String trigger,
    @JsonProperty("slot") @Nullable Instant slot,
    @JsonProperty("model_version") @Nullable String modelVersion,
    @JsonProperty("old_theta1") @Nullable Double oldTheta1,
    @JsonProperty("old_theta2") @Nullable Double oldTheta2,
    @JsonProperty("new_theta1") @Nullable Double newTheta1,
    @JsonProperty("new_theta2") @Nullable Double newTheta2,
    @JsonProperty("verdict") @Nullable String verdict,
    @JsonProperty("reasons") @Nullable JsonNode reasons,
    @JsonProperty("figures") @Nullable JsonNode figures,
    @JsonProperty("error_message") @Nullable String errorMessage) {}
