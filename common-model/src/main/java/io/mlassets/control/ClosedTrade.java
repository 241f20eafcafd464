package io.mlassets.control;

import java.time.Instant;

/**
 * A trade that is over.
 *
 * @param closedAt market time of its last deal
 * @param pnl what it earned after costs, in full positions
 */
public record ClosedTrade(Instant closedAt, double pnl) {}
