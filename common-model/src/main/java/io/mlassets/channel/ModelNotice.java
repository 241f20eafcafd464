package io.mlassets.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.model.ModelVersion;
import java.time.Instant;

/**
 * Says on channel {@code models} that another version is in force for a scope.
 *
 * @param modelVersion the version now in force
 * @param modelScope the scope, {@code all} by default
 * @param mode {@code live} for an adopted model, {@code shadow} for a candidate that is only
 *     watched
 * @param contentSha256 hash of what training determined
 * @param at when, UTC
 */
public record ModelNotice(
    @JsonProperty("model_version") ModelVersion modelVersion,
    @JsonProperty("model_scope") String modelScope,
    @JsonProperty("mode") String mode,
    @JsonProperty("content_sha256") String contentSha256,
    @JsonProperty("at") Instant at) {}
