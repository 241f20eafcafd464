package io.mlassets.trainer.importance;

import io.mlassets.model.ModelType;

/**
 * How much one model owes to one feature.
 *
 * @param model the model
 * @param feature name of the feature
 * @param lossIncrease rise of the out-of-fold loss (log loss, or squared error) when the feature's
 *     values are shuffled among a fold's test rows, mean over folds; about 0 or below for a feature
 *     that does not help
 * @param standardError of that mean, over folds
 * @param gain share of the loss reduction in training that the final trees' splits by it made, in
 *     [0, 1]; says what was learnt, not whether it is true
 */
public record FeatureImportance(
    ModelType model, String feature, double lossIncrease, double standardError, double gain) {}
