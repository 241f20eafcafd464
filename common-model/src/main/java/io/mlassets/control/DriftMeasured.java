package io.mlassets.control;

import java.time.Instant;

/**
 * One measurement of a live model against its backtest.
 *
 * @param at when it was made, system time
 * @param modelVersion the model measured
 * @param drifted whether its threshold was crossed
 */
public record DriftMeasured(Instant at, String modelVersion, boolean drifted) {}
