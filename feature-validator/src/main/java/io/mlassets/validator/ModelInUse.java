package io.mlassets.validator;

import io.mlassets.signal.SignalMode;

/**
 * The model triple whose decisions are judged.
 *
 * @param version its version
 * @param mode live when it is active, shadow when it is only watched
 * @param schemaHash hash of the feature schema it was trained on
 * @param theta2 its risk threshold
 */
public record ModelInUse(String version, SignalMode mode, String schemaHash, double theta2) {}
