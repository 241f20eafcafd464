package io.mlassets.trainer.pipeline;

import io.mlassets.model.EngineId;
import io.mlassets.model.TreeParams;

/**
 * The best parameters one engine found for one model.
 *
 * @param engine the engine
 * @param params its parameters
 * @param seed the engine's seed of that trial
 * @param loss mean out-of-fold loss
 * @param oof raw out-of-fold scores, one per row
 * @param trials trials made
 */
@SuppressWarnings("ArrayRecordComponent") // inner loops read the array; never compared
record Searched(
    EngineId engine, TreeParams params, long seed, double loss, double[] oof, int trials) {}
