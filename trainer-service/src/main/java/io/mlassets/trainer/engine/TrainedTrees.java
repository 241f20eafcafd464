package io.mlassets.trainer.engine;

import io.mlassets.model.EngineId;
import io.mlassets.model.TreeEnsemble;

/**
 * What an engine made.
 *
 * @param engine who made it
 * @param text the engine's own form, the same bytes for the same rows, parameters, seed and threads
 * @param ensemble the same trees, walked in Java
 */
public record TrainedTrees(EngineId engine, String text, TreeEnsemble ensemble) {}
