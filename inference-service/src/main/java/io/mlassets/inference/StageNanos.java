package io.mlassets.inference;

/**
 * What the making of one decision took, in nanoseconds of the monotonic clock.
 *
 * @param features from the bar to its features
 * @param predict the models' scores of them
 * @param decide rule, signal and record of what it was made from
 */
record StageNanos(long features, long predict, long decide) {}
