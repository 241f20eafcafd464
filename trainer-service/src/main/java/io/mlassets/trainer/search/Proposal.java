package io.mlassets.trainer.search;

import io.mlassets.model.TreeParams;

/**
 * Parameters to be tried.
 *
 * @param number the trial's number, from 0
 * @param seed the trial's own seed, from the study's seed and the number
 * @param params fixed and proposed parameters
 */
public record Proposal(int number, long seed, TreeParams params) {}
