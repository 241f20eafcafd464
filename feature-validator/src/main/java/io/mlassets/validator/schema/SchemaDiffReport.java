package io.mlassets.validator.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A comparison as it was stored.
 *
 * @param id row of {@code core.schema_diffs}
 * @param modelVersion the model
 * @param modelHash hash of the schema it was trained on
 * @param newestHash hash of the schema compared with
 * @param compatible whether inference accepts the model on that schema
 * @param readableByName whether all its features are still there by name and kind
 * @param diff what changed
 * @param computedAt when, UTC
 */
public record SchemaDiffReport(
    long id,
    @JsonProperty("model_version") String modelVersion,
    @JsonProperty("model_hash") String modelHash,
    @JsonProperty("newest_hash") String newestHash,
    boolean compatible,
    @JsonProperty("readable_by_name") boolean readableByName,
    SchemaDiff diff,
    @JsonProperty("computed_at") Instant computedAt) {}
