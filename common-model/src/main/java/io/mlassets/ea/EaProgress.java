package io.mlassets.ea;

/**
 * How far a machine is.
 *
 * @param lastSeq the last number answered or passed
 * @param fillsMade deals and refusals of its journal and since
 * @param fillsWaiting those of them that Redis is not known to have
 * @param barsDropped bars given up because too many waited
 */
public record EaProgress(long lastSeq, long fillsMade, long fillsWaiting, long barsDropped) {}
