package io.mlassets.trainer.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row of {@code audit.retrain_runs}, as REST answers it.
 *
 * @param runId its id
 * @param startedAt UTC
 * @param endedAt UTC; null while it runs
 * @param status running, success, failed, retrying or aborted
 * @param retryCount how often it was tried again
 * @param modelVersion the candidate; null without one
 * @param theta1 found; null without a candidate
 * @param theta2 found; null without a candidate
 * @param metrics out-of-fold metrics; null without a candidate
 * @param logPath file the run logged to, absolute
 * @param errorMessage why it failed; null otherwise
 * @param trigger cron, rest, request or cli
 * @param request what was asked for
 * @param verdict adopted, held or rejected; null without a candidate
 * @param reasons of the verdict
 * @param resources processors, CPU seconds, peak memory
 * @param transfer what became of the delivery by SFTP; null when none was set up
 */
public record RetrainRun(
    @JsonProperty("run_id") UUID runId,
    @JsonProperty("started_at") Instant startedAt,
    @JsonProperty("ended_at") @Nullable Instant endedAt,
    @JsonProperty("status") String status,
    @JsonProperty("retry_count") int retryCount,
    @JsonProperty("model_version") @Nullable String modelVersion,
    @JsonProperty("theta1") @Nullable Double theta1,
    @JsonProperty("theta2") @Nullable Double theta2,
    @JsonProperty("metrics") @Nullable JsonNode metrics,
    @JsonProperty("log_path") String logPath,
    @JsonProperty("error_message") @Nullable String errorMessage,
    @JsonProperty("trigger") String trigger,
    @JsonProperty("request") JsonNode request,
    @JsonProperty("verdict") @Nullable String verdict,
    @JsonProperty("reasons") @Nullable JsonNode reasons,
    @JsonProperty("resources") @Nullable JsonNode resources,
    @JsonProperty("transfer") @Nullable String transfer) {}
