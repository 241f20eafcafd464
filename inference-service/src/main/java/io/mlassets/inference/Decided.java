package io.mlassets.inference;

import io.mlassets.decision.Scores;
import io.mlassets.feature.FeatureVector;
import io.mlassets.signal.Signal;

/**
 * A signal and what it was made from.
 *
 * @param signal the signal
 * @param features what the models saw
 * @param scores what they said
 */
record Decided(Signal signal, FeatureVector features, Scores scores) {}
