package io.mlassets.inference;

import io.mlassets.decision.DecisionTrace;
import io.mlassets.decision.Scores;
import io.mlassets.feature.FeatureVector;
import io.mlassets.parity.BarsSeen;
import io.mlassets.signal.Signal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signal and what it was made from.
 *
 * @param signal the signal
 * @param features what the models saw
 * @param scores what they said
 * @param trace what else it was made from
 * @param seen the bars the features were made from
 * @param cameAt when the leg that completed the bar was added to the stream, UTC; null if the bar
 *     was taken from {@code core.bars} because the stream did not bring it
 * @param took what it took to make it
 */
record Decided(
    Signal signal,
    FeatureVector features,
    Scores scores,
    DecisionTrace trace,
    BarsSeen seen,
    @Nullable Instant cameAt,
    StageNanos took) {}
