package io.mlassets.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Asks the trainer for a run on channel {@code retrain.requests}.
 *
 * @param source who asks, such as {@code feature-validator}
 * @param reason machine-readable, such as {@code model_drift}
 * @param detail the numbers behind it
 * @param requestedAt when, UTC
 */
public record RetrainRequest(
    String source,
    String reason,
    String detail,
    @JsonProperty("requested_at") Instant requestedAt) {}
