package io.mlassets.trainer.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/**
 * Answer to an accepted run.
 *
 * @param runId its id, also its path
 * @param status {@code running}
 */
record Accepted(@JsonProperty("run_id") UUID runId, @JsonProperty("status") String status) {}
