package io.mlassets.trainer.search;

import io.mlassets.model.TreeParams;

/**
 * A trial that ended.
 *
 * @param number its number, from 0
 * @param params what was tried
 * @param value what came out; for a pruned trial the last intermediate value
 * @param steps intermediate values reported; meaningful for a pruned trial
 * @param pruned whether it was given up early
 */
public record Trial(int number, TreeParams params, double value, int steps, boolean pruned) {}
