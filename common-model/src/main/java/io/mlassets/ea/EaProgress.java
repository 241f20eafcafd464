package io.mlassets.ea;

/**
 * How far a machine is.
 *
 * @param lastSeq the last number answered or passed
 * @param fillsMade deals and refusals of its journal and since
 * @param fillsWaiting those of them that Redis is not known to have
 */
public record EaProgress(long lastSeq, long fillsMade, long fillsWaiting) {}
