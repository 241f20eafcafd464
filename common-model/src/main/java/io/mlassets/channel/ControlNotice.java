package io.mlassets.channel;

import java.time.Instant;

/**
 * Says on channel {@code control} that the trading state changed.
 *
 * @param state {@code ACTIVE} or {@code HALTED}
 * @param reason why, as the operator put it
 * @param actor who
 * @param at when, UTC
 */
public record ControlNotice(String state, String reason, String actor, Instant at) {}
