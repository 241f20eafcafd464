package io.mlassets.platform;

/**
 * Which service this context is.
 *
 * @param name {@code trainer, inference, dispatcher, registry} or {@code validator}
 */
public record ServiceName(String name) {}
