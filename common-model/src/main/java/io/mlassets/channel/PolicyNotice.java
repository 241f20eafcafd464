package io.mlassets.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Says on channel {@code policy} that other policies are in force and what changed is on record.
 *
 * @param policyHash their hash, as signals carry it
 * @param changedKeys keys with another value than before
 * @param at when they were found, UTC
 */
public record PolicyNotice(
    @JsonProperty("policy_hash") String policyHash,
    @JsonProperty("changed_keys") int changedKeys,
    @JsonProperty("at") Instant at) {}
