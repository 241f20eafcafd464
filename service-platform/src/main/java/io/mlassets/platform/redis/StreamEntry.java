package io.mlassets.platform.redis;

/**
 * One entry of a Redis stream.
 *
 * @param id the entry's id, {@code <milliseconds>-<n>}
 * @param json content of its field {@code json}; empty when the entry has no such field
 */
public record StreamEntry(String id, String json) {}
