package io.mlassets.channel;

import java.time.Instant;

/**
 * Says on channel {@code control} that the trading state changed.
 *
 * @param state {@code ACTIVE}, {@code REDUCING} or {@code HALTED}
 * @param reason why: of the strictest cause, or the operator's when it is over
 * @param actor who, or the service that found the cause
 * @param at when, UTC
 */
public record ControlNotice(String state, String reason, String actor, Instant at) {}
