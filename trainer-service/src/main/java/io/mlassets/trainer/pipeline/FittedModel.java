package io.mlassets.trainer.pipeline;

import io.mlassets.model.ModelEntry;
import io.mlassets.model.ModelType;

/**
 * One model fitted to all rows.
 *
 * @param type the model
 * @param entry its manifest entry
 * @param text the engine's own form
 */
public record FittedModel(ModelType type, ModelEntry entry, String text) {}
