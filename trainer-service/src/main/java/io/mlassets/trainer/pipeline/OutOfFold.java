package io.mlassets.trainer.pipeline;

import io.mlassets.decision.Scores;
import io.mlassets.trainer.dataset.Sample;

/**
 * One row with what models that had not seen it said.
 *
 * @param sample the row
 * @param fold its fold, from 0
 * @param scores calibrated outside the fold
 */
public record OutOfFold(Sample sample, int fold, Scores scores) {}
