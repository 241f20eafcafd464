package io.mlassets.trainer.reproduce;

import io.mlassets.trainer.dataset.DataRequest;
import io.mlassets.trainer.engine.EngineChoice;
import org.jspecify.annotations.Nullable;

/**
 * All a bundle was made of beside the bars themselves, {@code core.training_inputs}.
 *
 * @param data pairs, interval and closed window
 * @param barsSha256 over every bar in it
 * @param featuresSha256 over every vector of the data pipeline that was trained on; null when the
 *     features are made of the bars
 * @param seed of everything random
 * @param trials parameter trials per engine and model
 * @param engine the engines searched
 * @param config the files in force
 */
public record TrainingInputs(
    DataRequest data,
    String barsSha256,
    @Nullable String featuresSha256,
    long seed,
    int trials,
    EngineChoice engine,
    ConfigFiles config) {}
